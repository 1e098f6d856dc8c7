mod quoting;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldError {
    BadKey(usize),
    BadEscape(usize),
    Unclosed(usize),
    Junk(usize),
}

/// One line of the log, without its line end.
pub fn encode(fields: &[(String, String)]) -> Result<String, FieldError> {
    let mut parts = Vec::with_capacity(fields.len());
    for (place, (key, value)) in fields.iter().enumerate() {
        if !is_key(key) {
            return Err(FieldError::BadKey(place));
        }
        parts.push(format!("{key}={}", quoting::quote(value)));
    }
    Ok(parts.join(" "))
}

/// The fields of a line, in their order.
pub fn decode(line: &str) -> Result<Vec<(String, String)>, FieldError> {
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        at = line.len() - line[at..].trim_start().len();
        if at == line.len() {
            return Ok(fields);
        }
        let end = end_of(line, at, &[' ', '\t', '=']);
        let key = &line[at..end];
        if !is_key(key) {
            return Err(FieldError::BadKey(at));
        }
        let value;
        (value, at) = if line[end..].starts_with('=') { read_value(line, end + 1)? } else { ("true".to_string(), end) };
        fields.push((key.to_string(), value));
    }
}

/// The value that begins at a byte of the line, and where it ends.
fn read_value(line: &str, at: usize) -> Result<(String, usize), FieldError> {
    if !line[at..].starts_with('"') {
        let end = end_of(line, at, &[' ', '\t']);
        return Ok((line[at..end].to_string(), end));
    }
    let (value, end) = quoting::unquote(line, at)?;
    if !line[end..].is_empty() && !line[end..].starts_with(' ') {
        return Err(FieldError::Junk(end));
    }
    Ok((value, end))
}

fn end_of(line: &str, at: usize, stops: &[char]) -> usize {
    line[at..].find(stops).map_or(line.len(), |length| at + length)
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic() && b != b'=' && b != b'"')
}
