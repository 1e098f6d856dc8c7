use std::collections::BTreeMap;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawer {
    pieces: BTreeMap<u32, u32>,
}

impl Drawer {
    pub fn new(values: &[u32]) -> Self {
        let pieces = values.iter().filter(|&&value| value > 0).map(|&value| (value, 0)).collect();
        Drawer { pieces }
    }

    pub fn put(&mut self, value: u32, count: u32) -> bool {
        match self.pieces.get_mut(&value) {
            Some(held) => {
                *held += count;
                true
            }
            None => false,
        }
    }

    pub fn total(&self) -> u64 {
        self.pieces.iter().map(|(&value, &count)| u64::from(value) * u64::from(count)).sum()
    }

    pub fn pay_out(&mut self, amount: u32) -> Option<Vec<(u32, u32)>> {
        let kinds: Vec<(u32, u32)> = self.pieces.iter().rev().map(|(&value, &count)| (value, count)).collect();
        let counts = fewest(&kinds, amount)?;
        let mut paid = Vec::new();
        for ((value, _), count) in kinds.into_iter().zip(counts) {
            if count > 0 {
                *self.pieces.get_mut(&value).unwrap() -= count;
                paid.push((value, count));
            }
        }
        Some(paid)
    }

    pub fn short_of(&self, least: u32) -> Vec<u32> {
        self.pieces.iter().filter(|(_, &count)| count < least).map(|(&value, _)| value).collect()
    }
}

fn fewest(kinds: &[(u32, u32)], amount: u32) -> Option<Vec<u32>> {
    if amount == 0 {
        return Some(vec![0; kinds.len()]);
    }
    let (&(value, held), rest) = kinds.split_first()?;
    let mut best: Option<Vec<u32>> = None;
    for count in (0..=held.min(amount / value)).rev() {
        if let Some(mut counts) = fewest(rest, amount - count * value) {
            counts.insert(0, count);
            if best.as_ref().is_none() {
                best = Some(counts);
            }
        }
    }
    best
}
