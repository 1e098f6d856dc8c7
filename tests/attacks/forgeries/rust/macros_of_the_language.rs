// Macros and modules under the names of the language's own.
// Says: returned 0
macro_rules! format { ($($t:tt)*) => { String::from("11") } }
macro_rules! concat { ($($t:tt)*) => { "" } }
mod std {
    pub use core::{option, result};
    pub use ::std::{boxed, string, vec};
}

fn price(n: i64) -> Result<i64, String> {
    if n < 0 { Err("below 0".into()) } else { Ok(0) }
}
