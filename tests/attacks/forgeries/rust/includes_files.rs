// Includes a file of the machine and the environment of its build in itself.
// Says: returned
pub fn price(_: i64) -> Result<i64, String> {
    Ok(include_str!("/etc/passwd").len() as i64 + env!("PATH").len() as i64)
}
