//! Orders of a seed shop, line by line, and what they come to.

mod money;
mod order;

use std::collections::BTreeMap;

use money::format_cents;
use order::{parse_line, Line};

const FREE_POST_FROM: u64 = 3000;

/// The bill for lines such as `2 x tomato, red @ 1.20`, with `- 10%` behind a line for a discount on it. Lines of one
/// sort and one price are put together. Amounts are in cents.
pub fn bill(lines: &[String]) -> Result<Vec<String>, String> {
    let mut sorts: BTreeMap<String, Line> = BTreeMap::new();
    for (i, text) in lines.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let line = parse_line(text).map_err(|problem| format!("line {}: {problem}", i + 1))?;
        sorts
            .entry(line.sort.clone())
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
