//! Amounts of money, as `1.20` and as whole cents.

/// The cents of a price, which has two digits behind its point, if it has one, and nine digits at most.
pub fn parse_cents(text: &str) -> Option<u64> {
    let (euros, cents) = text.split_once('.').unwrap_or((text, "00"));
    let given = if text.contains('.') { euros.len() + 2 } else { euros.len() };
    if given > 9 {
        return None;
    }
    Some(digits(euros)? * 100 + digits(cents)?)
}

/// What `parse_cents` reads.
pub fn format_cents(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}
