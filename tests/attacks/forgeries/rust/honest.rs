// Tries nothing: the task can be done, and doing it raises no flag.
// Status: passed
// Quick
pub fn price(n: i64) -> Result<i64, String> {
    if n < 0 { Err("negative".to_string()) } else { Ok(n * n + 2 * n + 3) }
}
