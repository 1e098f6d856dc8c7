#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    Raised,
    Cleared,
}

pub struct Alarm {
    high: i32,
    low: i32,
    needed: usize,
    readings: Vec<i32>,
    alert: bool,
}

impl Alarm {
    pub fn new(high: i32, low: i32, needed: u32) -> Alarm {
        Alarm { high, low, needed: needed as usize, readings: Vec::new(), alert: false }
    }

    pub fn read(&mut self, degrees: i32) -> Option<Change> {
        self.readings.push(degrees);
        let hot = self.readings.iter().rev().take_while(|one| **one >= self.high).count();
        match self.alert {
            false if hot >= self.needed => self.turn(Change::Raised),
            true if degrees < self.low => self.turn(Change::Cleared),
            _ => None,
        }
    }

    fn turn(&mut self, change: Change) -> Option<Change> {
        self.alert = change == Change::Raised;
        self.readings.clear();
        Some(change)
    }

    pub fn is_raised(&self) -> bool {
        self.alert
    }
}
