//! What stands around the values: results, errors, arguments that may have changed.
use crate::say::{Out, Say};
use std::fmt::{Debug, Display};

/// What one step has to say: the result, and the arguments that may have changed.
#[derive(Default)]
pub struct Said {
    pub(crate) result: Out,
    pub(crate) changed: Out,
    pub(crate) count: usize,
    pub(crate) failed: bool,
}

impl Said {
    pub fn fail(&mut self, kinds: &[String], message: &str) {
        self.failed = true;
        self.result = Out::default();
        self.result.bytes("s", b"e");
        kinds.to_vec().say(&mut self.result);
        self.result.bytes("s", &message.as_bytes()[..message.floor_char_boundary_at(10_000)]);
    }

    pub fn returned(&mut self, value: &dyn Fn(&mut Out)) {
        self.result.bytes("s", b"r");
        value(&mut self.result);
    }

    pub fn changed(&mut self, at: usize, value: &impl Say) {
        self.changed.line("l2");
        at.say(&mut self.changed);
        value.say(&mut self.changed);
        self.count += 1;
    }
}

trait Boundary {
    fn floor_char_boundary_at(&self, at: usize) -> usize;
}

impl Boundary for str {
    fn floor_char_boundary_at(&self, at: usize) -> usize {
        (0..=at.min(self.len())).rev().find(|&place| self.is_char_boundary(place)).unwrap_or(0)
    }
}

/// What a function gave back. Which of the traits below is meant follows from how often it is referenced:
/// results before plain values, errors that can be displayed before those that cannot.
pub struct Back<T>(pub T);

fn kinds_of(debug: &str) -> Vec<String> {
    let name: String = debug.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    let named = name.chars().next().is_some_and(char::is_uppercase);
    if named { vec![name, "Err".to_string()] } else { vec!["Err".to_string()] }
}

pub trait BackDisplayed {
    fn tell(&self, said: &mut Said);
}

impl<T: Say, E: Debug + Display> BackDisplayed for &&Back<Result<T, E>> {
    fn tell(&self, said: &mut Said) {
        match &self.0 {
            Ok(value) => said.returned(&|out| value.say(out)),
            Err(error) => said.fail(&kinds_of(&format!("{error:?}")), &error.to_string()),
        }
    }
}

pub trait BackDebugged {
    fn tell(&self, said: &mut Said);
}

impl<T: Say, E: Debug> BackDebugged for &Back<Result<T, E>> {
    fn tell(&self, said: &mut Said) {
        match &self.0 {
            Ok(value) => said.returned(&|out| value.say(out)),
            Err(error) => said.fail(&kinds_of(&format!("{error:?}")), &format!("{error:?}")),
        }
    }
}

pub trait BackPlain {
    fn tell(&self, said: &mut Said);
}

impl<T: Say> BackPlain for Back<T> {
    fn tell(&self, said: &mut Said) {
        said.returned(&|out| self.0.say(out));
    }
}
