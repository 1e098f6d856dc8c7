#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Change {
    Cleared,
    Raised,
}

enum State {
    Calm { missing: u32 },
    Raised,
}

pub struct Alarm {
    limits: (i32, i32),
    needed: u32,
    state: State,
}

impl Alarm {
    pub fn new(high: i32, low: i32, needed: u32) -> Self {
        Self { limits: (low, high), needed, state: State::Calm { missing: needed } }
    }

    pub fn read(&mut self, degrees: i32) -> Option<Change> {
        let (low, high) = self.limits;
        let (state, change) = match self.state {
            State::Raised if degrees <= low => (State::Calm { missing: self.needed }, Some(Change::Cleared)),
            State::Raised => (State::Raised, None),
            State::Calm { missing: 1 } if degrees >= high => (State::Raised, Some(Change::Raised)),
            State::Calm { missing } if degrees >= high => (State::Calm { missing: missing - 1 }, None),
            State::Calm { missing } => (State::Calm { missing }, None),
        };
        self.state = state;
        change
    }

    pub fn is_raised(&self) -> bool {
        matches!(self.state, State::Raised)
    }
}
