//! Values in quotation marks.

/// A value as it stands in a line: as it is, if that can be read back, or else quoted.
pub fn quote(value: &str) -> String {
    if !value.contains(' ') {
        return value.to_string();
    }
    let quoted = value
        .replace('"', "\\\"")
        .replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
        .replace('\t', "\\t");
    format!("\"{quoted}\"")
}

/// The text that stood between quotation marks.
pub fn unquote(quoted: &str) -> String {
    quoted
        .replace("\\n", "\n")
        .replace("\\r", "\r")
        .replace("\\t", "\t")
        .replace("\\\"", "\"")
        .replace("\\\\", "\\")
}
