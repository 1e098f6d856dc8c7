use std::collections::BTreeMap;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawer {
    pieces: BTreeMap<u32, u32>,
}

impl Drawer {
    /// An empty drawer with a compartment for each value, in any order; one for nothing is left out.
    ///
    /// ```
    /// use drawer::Drawer;
    ///
    /// let mut drawer = Drawer::new(&[50, 20, 0, 20]);
    /// assert_eq!(drawer.short_of(1), [20, 50]);
    /// assert_eq!(drawer.total(), 0);
    /// assert!(!drawer.put(0, 1));
    /// ```
    pub fn new(values: &[u32]) -> Self {
        let pieces = values.iter().filter(|&&value| value > 0).map(|&value| (value, 0)).collect();
        Drawer { pieces }
    }

    /// Puts pieces of one value in, to those that are there; `false`, and nothing happens, if there is no
    /// compartment for them.
    ///
    /// ```
    /// use drawer::Drawer;
    ///
    /// let mut drawer = Drawer::new(&[20, 50]);
    /// assert!(drawer.put(20, 2));
    /// assert!(drawer.put(20, 1));
    /// assert_eq!(drawer.total(), 60);
    /// assert!(!drawer.put(10, 1));
    /// assert_eq!(drawer.total(), 60);
    /// assert!(drawer.put(50, 0));
    /// ```
    pub fn put(&mut self, value: u32, count: u32) -> bool {
        match self.pieces.get_mut(&value) {
            Some(held) => {
                *held += count;
                true
            }
            None => false,
        }
    }

    /// The worth of all that is in the drawer; it may be more than a single amount can be.
    ///
    /// ```
    /// use drawer::Drawer;
    ///
    /// let mut drawer = Drawer::new(&[5, 4_000_000_000]);
    /// drawer.put(5, 3);
    /// assert_eq!(drawer.total(), 15);
    /// drawer.put(4_000_000_000, 2);
    /// assert_eq!(drawer.total(), 8_000_000_015);
    /// ```
    pub fn total(&self) -> u64 {
        self.pieces.iter().map(|(&value, &count)| u64::from(value) * u64::from(count)).sum()
    }

    /// Takes an amount out of the drawer.
    ///
    /// ```
    /// let mut drawer = drawer::Drawer::new(&[10]);
    /// drawer.put(10, 1);
    /// assert_eq!(drawer.pay_out(10), Some(vec![(10, 1)]));
    /// ```
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

    /// Values of which there are fewer pieces than that, the smallest first.
    ///
    /// ```
    /// let mut drawer = drawer::Drawer::new(&[50, 10, 20]);
    /// drawer.put(20, 3);
    /// drawer.put(50, 2);
    /// assert_eq!(drawer.short_of(3), [10, 50]);
    /// assert_eq!(drawer.short_of(0), []);
    /// ```
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
            if best.as_ref().map_or(true, |one| counts.iter().sum::<u32>() < one.iter().sum()) {
                best = Some(counts);
            }
        }
    }
    best
}
