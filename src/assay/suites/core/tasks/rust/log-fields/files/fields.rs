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
    for part in line.split(' ') {
        let (key, value) = part.split_once('=').unwrap_or((part, "true"));
        if !is_key(key) {
            return Err(FieldError::BadKey(at));
        }
        let value = if value.starts_with('"') {
            if !value[1..].ends_with('"') {
                return Err(FieldError::Unclosed(at + key.len() + 1));
            }
            quoting::unquote(&value[1..value.len() - 1])
        } else {
            value.to_string()
        };
        fields.push((key.to_string(), value));
        at += part.len() + 1;
    }
    Ok(fields)
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && !text.contains(['=', '"', ' '])
}
