//! Values in quotation marks.
use crate::FieldError;

/// A value as it stands in a line: as it is, if that can be read back, or else quoted.
pub fn quote(value: &str) -> String {
    let plain = |c: char| !c.is_ascii_control() && !matches!(c, ' ' | '"' | '=' | '\\');
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_string();
    }
    let mut quoted = String::from('"');
    for c in value.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_ascii_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The text that is quoted from byte `open` on, and the place after its closing quotation mark.
pub fn unquote(line: &str, open: usize) -> Result<(String, usize), FieldError> {
    let mut text = String::new();
    let mut at = open + 1;
    loop {
        let c = line[at..].chars().next().ok_or(FieldError::Unclosed(open))?;
        match c {
            '"' => return Ok((text, at + 1)),
            '\\' => {
                let (c, length) = escaped(&line[at..]).ok_or(FieldError::BadEscape(at))?;
                text.push(c);
                at += length;
            }
            c => {
                text.push(c);
                at += c.len_utf8();
            }
        }
    }
}

/// The character that an escape stands for, and how many bytes the escape has.
fn escaped(rest: &str) -> Option<(char, usize)> {
    let c = match rest.as_bytes().get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return code(rest),
        _ => return None,
    };
    Some((c, 2))
}

fn code(rest: &str) -> Option<(char, usize)> {
    let first = unit(rest)?;
    if !(0xd800..0xdc00).contains(&first) {
        return Some((char::from_u32(first)?, 6));
    }
    let second = unit(&rest[6..]).filter(|unit| *unit >= 0xdc00)?;
    let both = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    Some((char::from_u32(both)?, 12))
}

/// The number in `\uXXXX`.
fn unit(rest: &str) -> Option<u32> {
    let digits = rest.strip_prefix("\\u")?.get(..4)?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}
