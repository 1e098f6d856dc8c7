//! Lines of an order.

use crate::money::parse_cents;

/// One line: how many packets of a sort at a price.
pub struct Line {
    pub count: u64,
    pub sort: String,
    pub cents: u64,
    /// Of the whole line.
    pub discount: u64,
}

/// Reads `2 x tomato, red @ 1.20 - 10%`; an error says what is wrong.
pub fn parse_line(text: &str) -> Result<Line, String> {
    let (count, sort, rest) = parts(text).ok_or("needs count x sort @ price")?;
    let count = parse_count(count)?;
    let (price, percent) = match rest.split_once(" - ") {
        Some((price, percent)) => (price.trim(), parse_percent(percent.trim())?),
        None => (rest.trim(), 0),
    };
    let cents = parse_cents(price).ok_or_else(|| format!("no price: {price}"))?;
    let discount = (count * cents * percent + 50) / 100;
    Ok(Line { count, sort: sort.trim().to_string(), cents, discount })
}

fn parts(text: &str) -> Option<(&str, &str, &str)> {
    let (count, rest) = text.trim().split_once(" x ")?;
    let (sort, rest) = rest.rsplit_once(" @ ")?;
    Some((count.trim(), sort, rest))
}

fn parse_count(text: &str) -> Result<u64, String> {
    let count = text.parse().ok().filter(|count| (1..=999).contains(count));
    count.ok_or_else(|| format!("no count: {text}"))
}

fn parse_percent(text: &str) -> Result<u64, String> {
    let number = text.strip_suffix('%').filter(|number| number.bytes().all(|b| b.is_ascii_digit()));
    let percent = number.and_then(|number| number.parse().ok());
    percent.filter(|percent| *percent <= 100).ok_or_else(|| format!("no discount: {text}"))
}
