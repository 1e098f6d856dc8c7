//! The Rust driver: fits plain values to declared types, makes the calls read from descriptor 3, says on
//! descriptor 4 what they did. It knows nothing of expected values. Compiled once for all answers.
mod fit;
mod read;
mod run;
mod say;
mod tell;

pub use fit::{field, unfit, Fit};
pub use read::{Unfit, Value};
pub use run::{expect, run, Action, Made};
pub use say::{Out, Say};
pub use tell::{Back, BackDebugged, BackDisplayed, BackPlain, Said};
