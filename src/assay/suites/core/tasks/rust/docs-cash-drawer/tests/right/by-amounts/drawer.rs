#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawer {
    kinds: Vec<(u32, u32)>,
}

impl Drawer {
    pub fn new(values: &[u32]) -> Self {
        let mut sorted: Vec<u32> = values.to_vec();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        sorted.dedup();
        sorted.retain(|value| *value != 0);
        Self { kinds: sorted.into_iter().map(|value| (value, 0)).collect() }
    }

    pub fn put(&mut self, value: u32, count: u32) -> bool {
        let found = self.kinds.iter_mut().find(|kind| kind.0 == value);
        if let Some(kind) = found {
            kind.1 += count;
            return true;
        }
        false
    }

    pub fn total(&self) -> u64 {
        let mut sum = 0u64;
        for &(value, count) in &self.kinds {
            sum += value as u64 * count as u64;
        }
        sum
    }

    pub fn pay_out(&mut self, amount: u32) -> Option<Vec<(u32, u32)>> {
        let target = amount as u64;
        if target > self.total() {
            return None;
        }
        // Best way for each amount that the kinds so far can make: fewest pieces, then more of the larger ones.
        let mut ways = std::collections::BTreeMap::from([(0u64, Vec::<u32>::new())]);
        for &(value, held) in &self.kinds {
            let mut next: std::collections::BTreeMap<u64, Vec<u32>> = Default::default();
            for (sum, way) in &ways {
                for count in 0..=held {
                    let reached = sum + value as u64 * count as u64;
                    if reached > target {
                        break;
                    }
                    let mut longer = way.clone();
                    longer.push(count);
                    let key = |way: &Vec<u32>| (way.iter().sum::<u32>(), way.iter().map(|c| u32::MAX - c).collect::<Vec<_>>());
                    match next.get(&reached) {
                        Some(old) if key(old) <= key(&longer) => {}
                        _ => {
                            next.insert(reached, longer);
                        }
                    }
                }
            }
            ways = next;
        }
        let way = ways.remove(&target)?;
        for (kind, count) in self.kinds.iter_mut().zip(&way) {
            kind.1 -= count;
        }
        Some(self.kinds.iter().map(|kind| kind.0).zip(way).filter(|(_, count)| *count != 0).collect())
    }

    pub fn short_of(&self, least: u32) -> Vec<u32> {
        self.kinds.iter().rev().filter(|kind| kind.1 < least).map(|kind| kind.0).collect()
    }
}
