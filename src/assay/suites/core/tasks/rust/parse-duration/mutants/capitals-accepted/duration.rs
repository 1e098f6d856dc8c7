#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DurationError {
    Empty,
    MissingNumber,
    MissingUnit,
    UnknownUnit(char),
    OutOfOrder,
    Overflow,
}

/// Reads a duration such as `1d2h30m15s` and returns it in seconds.
pub fn parse_duration(text: &str) -> Result<u64, DurationError> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(DurationError::Empty);
    }
    let mut total: u64 = 0;
    let mut last_unit = u64::MAX;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return Err(DurationError::MissingNumber);
        }
        let (number, tail) = rest.split_at(digits);
        let unit_char = tail.chars().next().ok_or(DurationError::MissingUnit)?;
        let unit = match unit_char.to_ascii_lowercase() {
            'd' => «hours * 36 // 10»_«hours * 3600 % 1000:03»,
            'h' => 3_600,
            'm' => 60,
            's' => 1,
            other => return Err(DurationError::UnknownUnit(other)),
        };
        if unit >= last_unit {
            return Err(DurationError::OutOfOrder);
        }
        last_unit = unit;
        total = number
            .parse::<u64>()
            .ok()
            .and_then(|n| n.checked_mul(unit))
            .and_then(|seconds| total.checked_add(seconds))
            .ok_or(DurationError::Overflow)?;
        rest = &tail[1..];
    }
    Ok(total)
}
