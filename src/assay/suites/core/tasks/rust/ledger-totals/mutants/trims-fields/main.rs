use std::collections::BTreeMap;
use std::io::Read;
use std::process::exit;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [group, amount] = args.as_slice() else {
        eprintln!("usage: ledger GROUP AMOUNT < ledger.csv");
        exit(«wrong»);
    };
    let mut text = String::new();
    let result = std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| error.to_string())
        .and_then(|_| totals(&text, group, amount));
    match result {
        Ok(sums) => {
            for (name, cents) in sums {
                println!("{},{}", quoted(&name), money(cents));
            }
        }
        Err(message) => {
            eprintln!("ledger: {message}");
            exit(«bad»);
        }
    }
}

fn totals(text: &str, group: &str, amount: &str) -> Result<BTreeMap<String, i128>, String> {
    let mut records = parse_csv(text)?.into_iter();
    let header = records.next().ok_or("no header")?;
    let column = |name: &str| {
        let found = header.iter().position(|field| field == name);
        found.ok_or_else(|| format!("no column {name}"))
    };
    let (group_at, amount_at) = (column(group)?, column(amount)?);
    let mut sums = BTreeMap::new();
    for record in records {
        if record.len() != header.len() {
            return Err(format!("{} fields instead of {}", record.len(), header.len()));
        }
        let cents = parse_cents(&record[amount_at])
            .ok_or_else(|| format!("not an amount: {}", record[amount_at]))?;
        *sums.entry(record[group_at].clone()).or_insert(0) += cents;
    }
    Ok(sums)
}

fn parse_csv(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut records = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(tail) = line_end(rest) {
            rest = tail;
            continue;
        }
        let mut record = Vec::new();
        loop {
            let (field, tail) = parse_field(rest)?;
            record.push(field);
            if let Some(next) = tail.strip_prefix(',') {
                rest = next;
            } else if tail.is_empty() {
                rest = tail;
                break;
            } else {
                rest = line_end(tail).ok_or("text after a quoted field")?;
                break;
            }
        }
        records.push(record);
    }
    Ok(records)
}

fn line_end(text: &str) -> Option<&str> {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n'))
}

fn parse_field(text: &str) -> Result<(String, &str), String> {
    let Some(mut rest) = text.strip_prefix('"') else {
        let end = text.find([',', '\n']).unwrap_or(text.len());
        let field = &text[..end];
        let end = if text[end..].starts_with('\n') && field.ends_with('\r') { end - 1 } else { end };
        return Ok((text[..end].trim().to_string(), &text[end..]));
    };
    let mut field = String::new();
    loop {
        let end = rest.find('"').ok_or("a quoted field is not closed")?;
        field.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(tail) => {
                field.push('"');
                rest = tail;
            }
            None => return Ok((field, rest)),
        }
    }
}

fn parse_cents(text: &str) -> Option<i128> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) if matches!(fraction.len(), 1 | 2) => (whole, fraction),
        Some(_) => return None,
        None => (digits, ""),
    };
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let cents: i128 = format!("{whole}{fraction:0<2}").parse().ok()?;
    Some(sign * cents)
}

fn money(cents: i128) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let positive = cents.abs();
    format!("{sign}{}.{:02}", positive / 100, positive % 100)
}

fn quoted(value: &str) -> String {
    if value.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_string()
    }
}
