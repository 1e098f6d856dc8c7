#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WallError {
    EmptyRange,
}

/// The lockers of one wall at a station, with a bit for each: 1 if it is taken.
pub struct LockerWall {
    first: u16,
    /// How many lockers there are.
    size: usize,
    /// Bit `i % 64` of word `i / 64` belongs to locker `first + i`.
    words: Vec<u64>,
    /// The place at which `take` begins to look.
    next: usize,
}

impl LockerWall {
    /// The lockers from `first` to `last`, both included; all of them are free.
    pub fn new(first: u16, last: u16) -> Result<LockerWall, WallError> {
        if last < first {
            return Err(WallError::EmptyRange);
        }
        let size = usize::from(last - first) + 1;
        Ok(LockerWall { first, size, words: vec![0; size.div_ceil(64)], next: 0 })
    }

    /// Takes one locker.
    pub fn take(&mut self) -> Option<u16> {
        let place = (self.next..self.size).chain(0..self.next).find(|&place| !self.is_taken(place))?;
        self.set(place, true);
        self.next = (place + 1) % self.size;
        Some(self.locker(place))
    }

    /// Takes `count` neighbouring lockers and gives the lowest of them.
    pub fn take_block(&mut self, count: u16) -> Option<u16> {
        let count = usize::from(count);
        if count == 0 {
            return None;
        }
        let mut free = 0;
        for place in 0..self.size {
            free = if self.is_taken(place) { 0 } else { free + 1 };
            if free == count {
                let start = place + 1 - count;
                (start..=place).for_each(|place| self.set(place, true));
                return Some(self.locker(start));
            }
        }
        None
    }

    /// Gives a locker back; says whether it was taken.
    pub fn release(&mut self, locker: u16) -> bool {
        let Some(place) = self.place(locker) else { return false };
        let taken = self.is_taken(place);
        self.set(place, false);
        if self.free() == self.size {
            self.next = 0;
        }
        taken
    }

    /// The taken lockers, as ranges with both ends included, in order.
    pub fn taken(&self) -> Vec<(u16, u16)> {
        let mut ranges: Vec<(u16, u16)> = Vec::new();
        let mut before = false;
        for place in 0..self.size {
            let taken = self.is_taken(place);
            match ranges.last_mut() {
                Some(range) if taken && before => range.1 = self.locker(place),
                _ if taken => ranges.push((self.locker(place), self.locker(place))),
                _ => {}
            }
            before = taken;
        }
        ranges
    }

    pub fn free(&self) -> usize {
        self.size - self.words.iter().map(|word| word.count_ones() as usize).sum::<usize>()
    }

    fn place(&self, locker: u16) -> Option<usize> {
        let place = usize::from(locker.checked_sub(self.first)?);
        (place < self.size).then_some(place)
    }

    fn locker(&self, place: usize) -> u16 {
        self.first + place as u16
    }

    fn is_taken(&self, place: usize) -> bool {
        self.words[place / 64] >> (place % 64) & 1 == 1
    }

    fn set(&mut self, place: usize, taken: bool) {
        let bit = 1 << (place % 64);
        if taken {
            self.words[place / 64] |= bit;
        } else {
            self.words[place / 64] &= !bit;
        }
    }
}
