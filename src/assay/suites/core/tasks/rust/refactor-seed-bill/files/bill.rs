//! Orders of a seed shop, line by line, and what they come to.

use std::collections::BTreeMap;

/// The bill for lines such as `2 x tomato, red @ 1.20`, with `- 10%` behind a line for a discount on it. Lines of one
/// sort and one price are put together. Amounts are in cents.
pub fn bill(lines: &[String]) -> Result<Vec<String>, String> {
    let mut sorts: BTreeMap<(String, u64), (u64, u64)> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (count, rest) = match line.split_once(" x ") {
            Some(parts) => parts,
            None => return Err(format!("line {}: needs count x sort @ price", i + 1)),
        };
        let (sort, rest) = match rest.rsplit_once(" @ ") {
            Some(parts) => parts,
            None => return Err(format!("line {}: needs count x sort @ price", i + 1)),
        };
        let count: u64 = match count.trim().parse() {
            Ok(count) if (1..=999).contains(&count) => count,
            _ => return Err(format!("line {}: no count: {}", i + 1, count.trim())),
        };
        let (price, percent) = match rest.split_once(" - ") {
            Some((price, percent)) => {
                let percent = percent.trim();
                let number = percent.strip_suffix('%').unwrap_or("");
                match number.parse::<u64>() {
                    Ok(number) if number <= 100 => (price, number),
                    _ => return Err(format!("line {}: no discount: {}", i + 1, percent)),
                }
            }
            None => (rest, 0),
        };
        let price = price.trim();
        let digits: String = price.chars().filter(|c| *c != '.').collect();
        let places = match price.find('.') {
            Some(at) => price.len() - at - 1,
            None => 0,
        };
        let good = !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit())
            && digits.len() <= 9
            && price.matches('.').count() <= 1
            && (places == 2 || !price.contains('.'))
            && !price.starts_with('.');
        if !good {
            return Err(format!("line {}: no price: {}", i + 1, price));
        }
        let mut cents: u64 = digits.parse().unwrap();
        if places == 0 {
            cents *= 100;
        }
        let full = count * cents;
        let off = (full * percent + 50) / 100;
        let sort = sort.trim().to_string();
        let entry = sorts.entry((sort, cents)).or_insert((0, 0));
        entry.0 += count;
        entry.1 += full - off;
    }

    let mut out = Vec::new();
    let mut total = 0;
    let mut packets = 0;
    for ((sort, cents), (count, sum)) in &sorts {
        let full = count * cents;
        let mut text = format!("{count} x {sort} @ {}.{:02}", cents / 100, cents % 100);
        if full != *sum {
            text += &format!(" - {}.{:02}", (full - sum) / 100, (full - sum) % 100);
        }
        text += &format!(" = {}.{:02}", sum / 100, sum % 100);
        out.push(text);
        total += sum;
        packets += count;
    }
    let post = if packets == 0 || total >= 3000 { 0 } else if packets <= 10 { 250 } else { 490 };
    if post > 0 {
        out.push(format!("post = {}.{:02}", post / 100, post % 100));
    }
    out.push(format!("total = {}.{:02}", (total + post) / 100, (total + post) % 100));
    Ok(out)
}
