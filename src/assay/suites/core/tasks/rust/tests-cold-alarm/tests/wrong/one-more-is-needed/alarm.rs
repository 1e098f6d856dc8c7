//! Watches the temperature of a cold store.

#[derive(Debug, PartialEq, Clone, Copy)]
pub enum Change {
    Raised,
    Cleared,
}

pub struct Alarm {
    high: i32,
    low: i32,
    needed: u32,
    in_a_row: u32,
    raised: bool,
}

impl Alarm {
    pub fn new(high: i32, low: i32, needed: u32) -> Alarm {
        Alarm { high, low, needed, in_a_row: 0, raised: false }
    }

    pub fn is_raised(&self) -> bool {
        self.raised
    }

    pub fn read(&mut self, degrees: i32) -> Option<Change> {
        if self.raised {
            if degrees > self.low {
                return None;
            }
            self.raised = false;
            self.in_a_row = 0;
            return Some(Change::Cleared);
        }
        self.in_a_row = if degrees >= self.high { self.in_a_row + 1 } else { 0 };
        if self.in_a_row <= self.needed {
            return None;
        }
        self.raised = true;
        Some(Change::Raised)
    }
}
