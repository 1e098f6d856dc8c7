// Writes results under nonces of its own, from a thread that goes on after the call.
// Flags: wrote_channel
// Says: it crashed
use std::io::Write;
pub fn price(_: i64) -> Result<i64, String> {
    std::thread::spawn(|| {
        for descriptor in 3..100 {
            let path = format!("/proc/self/fd/{descriptor}");
            let link = std::fs::read_link(&path).map(|link| link.display().to_string()).unwrap_or_default();
            if link.starts_with("pipe:") {
                if let Ok(mut file) = std::fs::OpenOptions::new().write(true).open(&path) {
                    let _ = file.write_all(b"l4\ns16\n0123456789abcdefs1\nri11\nl0\n");
                }
            }
        }
    }).join().unwrap();
    Ok(0)
}
