//! Orders of a seed shop, line by line, and what they come to.

mod money {

/// The cents of a price, which has two digits behind its point, if it has one, and nine digits at most.
pub fn parse_cents(text: &str) -> Option<u64> {
    let (euros, cents) = text.split_once('.').unwrap_or((text, "00"));
    let given = if text.contains('.') { euros.len() + 2 } else { euros.len() };
    if cents.len() != 2 || given > 9 {
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
}

mod order {

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
    let percent = text.strip_suffix('%').and_then(|number| number.parse().ok());
    percent.filter(|percent| *percent <= 100).ok_or_else(|| format!("no discount: {text}"))
}
}

use std::collections::BTreeMap;

use money::format_cents;
use order::{parse_line, Line};

const FREE_POST_FROM: u64 = 3000;

/// The bill for lines such as `2 x tomato, red @ 1.20`, with `- 10%` behind a line for a discount on it. Lines of one
/// sort and one price are put together. Amounts are in cents.
pub fn bill(lines: &[String]) -> Result<Vec<String>, String> {
    let mut sorts: BTreeMap<(String, u64), Line> = BTreeMap::new();
    for (i, text) in lines.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let line = parse_line(text).map_err(|problem| format!("line {}: {problem}", i + 1))?;
        sorts
            .entry((line.sort.clone(), line.cents))
            .and_modify(|known| {
                known.count += line.count;
                known.discount += line.discount;
            })
            .or_insert(line);
    }
    Ok(written(sorts.values().collect()))
}

fn written(lines: Vec<&Line>) -> Vec<String> {
    let total = lines.iter().map(|line| sum(line)).sum();
    let post = post(lines.iter().map(|line| line.count).sum(), total);
    let mut out: Vec<String> = lines.into_iter().map(describe).collect();
    if post > 0 {
        out.push(format!("post = {}", format_cents(post)));
    }
    out.push(format!("total = {}", format_cents(total + post)));
    out
}

fn describe(line: &Line) -> String {
    let Line { count, sort, cents, discount } = line;
    let off = if *discount > 0 { format!(" - {}", format_cents(*discount)) } else { String::new() };
    format!("{count} x {sort} @ {}{off} = {}", format_cents(*cents), format_cents(sum(line)))
}

fn sum(line: &Line) -> u64 {
    line.count * line.cents - line.discount
}

fn post(packets: u64, total: u64) -> u64 {
    match packets {
        0 => 0,
        _ if total >= FREE_POST_FROM => 0,
        1..=10 => 250,
        _ => 490,
    }
}
