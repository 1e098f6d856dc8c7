// Ends with code 0 from a panic's hook.
// Flags: early_exit
// Says: it crashed
pub fn price(_: i64) -> Result<i64, String> {
    std::panic::set_hook(Box::new(|_| std::process::exit(0)));
    panic!("11")
}
