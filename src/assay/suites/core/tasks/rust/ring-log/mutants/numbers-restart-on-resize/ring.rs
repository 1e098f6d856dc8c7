/// The last lines of a log. Each line has a number; the first line ever pushed has number «first».
pub struct RingLog {
    slots: Vec<String>,
    /// Where the oldest line stands once the ring is full.
    head: usize,
    capacity: usize,
    pushed: u64,
}

impl RingLog {
    pub fn new(capacity: usize) -> RingLog {
        RingLog { slots: Vec::new(), head: 0, capacity, pushed: «first» }
    }

    /// Adds a line; the oldest one makes room for it if need be.
    pub fn push(&mut self, line: &str) {
        self.pushed += 1;
        if self.slots.len() < self.capacity {
            self.slots.push(line.to_string());
        } else if self.capacity > 0 {
            self.slots[self.head] = line.to_string();
            self.head = (self.head + 1) % self.capacity;
        }
    }

    /// The last `n` lines, the oldest of them first; all that there are if they are fewer.
    pub fn last(&self, n: usize) -> Vec<String> {
        let skipped = self.slots.len().saturating_sub(n);
        (skipped..self.slots.len()).map(|i| self.line(i)).collect()
    }

    /// The lines with number `from` or higher that are still there, with their numbers.
    pub fn since(&self, from: u64) -> Vec<(u64, String)> {
        let first = self.dropped();
        let lines = (0..self.slots.len()).map(|i| (first + i as u64, self.line(i)));
        lines.filter(|(number, _)| *number >= from).collect()
    }

    /// How many lines are no longer there.
    pub fn dropped(&self) -> u64 {
        self.pushed - self.slots.len() as u64
    }

    /// Changes the capacity; the newest lines that fit are kept, and all numbers stay.
    pub fn resize(&mut self, capacity: usize) {
        self.slots = self.last(capacity);
        self.pushed = self.slots.len() as u64;
        self.head = 0;
        self.capacity = capacity;
    }

    /// The line at place `i` of those that are still there, the oldest being at 0.
    fn line(&self, i: usize) -> String {
        self.slots[(self.head + i) % self.slots.len()].clone()
    }
}
