// Brings a main under another spelling, and asks that none be made.
// Says: does not compile
#![no_main]
#[no_mangle]
pub extern "C" fn main(_: i32, _: *const *const u8) -> i32 { 0 }
pub fn price(_: i64) -> Result<i64, String> { Ok(0) }
