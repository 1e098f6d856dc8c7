//! The board of a bus stop: which bus leaves next.

pub struct Departure {
    pub line: String,
    pub to: String,
    pub minute: i32,
    pub low_floor: bool,
}

/// Minutes after midnight of a time such as `7:05`; -1 if it is none.
fn parse_clock(text: &str) -> i32 {
    let colon = match text.find(':') {
        Some(at) => at,
        None => return -1,
    };
    let hours = &text[..colon];
    let minutes = &text[colon + 1..];
    if hours.is_empty() || hours.len() > 2 || minutes.len() != 2 {
        return -1;
    }
    if !hours.bytes().all(|b| b.is_ascii_digit()) || !minutes.bytes().all(|b| b.is_ascii_digit()) {
        return -1;
    }
    let h: i32 = hours.parse().unwrap();
    let m: i32 = minutes.parse().unwrap();
    if h > 23 || m > 59 {
        return -1;
    }
    h * 60 + m
}

/// Reads a line such as `7:05 12 Harbour *` into `out`; the star is for a low floor. An empty text, or what is wrong.
fn parse_departure(text: &str, out: &mut Departure) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    out.low_floor = false;
    if words.last() == Some(&"*") {
        out.low_floor = true;
        words.pop();
    }
    if words.len() < 3 {
        return "needs time, line and destination".to_string();
    }
    out.minute = parse_clock(words[0]);
    if out.minute == -1 {
        return format!("no time: {}", words[0]);
    }
    out.line = words[1].to_string();
    out.to = words[2..].join(" ");
    String::new()
}

/// The place of the next departure that is not before `now`, of those with a low floor only if that is asked for; the
/// earliest one of tomorrow if there is none today; -1 if there is none at all.
fn find_next(departures: &[Departure], now: i32, low_floor: bool) -> i32 {
    let mut best = -1;
    let mut best_wait = 1440;
    for i in 0..departures.len() {
        let one = &departures[i];
        if low_floor && !one.low_floor {
            continue;
        }
        let mut wait = one.minute - now;
        if wait < 0 {
            wait += 1440;
        }
        if wait < best_wait {
            best = i as i32;
            best_wait = wait;
        }
    }
    best
}

/// What the board says at a time, such as `12 Harbour in 5 min`.
pub fn board(lines: &[String], now: &str, low_floor: bool) -> Result<String, String> {
    let minute = parse_clock(now);
    if minute == -1 {
        return Err(format!("no time: {now}"));
    }
    let mut departures = Vec::new();
    for i in 0..lines.len() {
        if lines[i].trim().is_empty() {
            continue;
        }
        let mut one = Departure { line: String::new(), to: String::new(), minute: 0, low_floor: false };
        let problem = parse_departure(&lines[i], &mut one);
        if !problem.is_empty() {
            return Err(format!("line {}: {}", i + 1, problem));
        }
        departures.push(one);
    }
    let at = find_next(&departures, minute, low_floor);
    if at == -1 {
        return Ok("no more buses".to_string());
    }
    let next = &departures[at as usize];
    let mut wait = next.minute - minute;
    if wait < 0 {
        wait += 1440;
    }
    if wait == 0 {
        return Ok(format!("{} {} now", next.line, next.to));
    }
    if wait < 60 {
        return Ok(format!("{} {} in {} min", next.line, next.to, wait));
    }
    Ok(format!("{} {} at {}:{:02}", next.line, next.to, next.minute / 60, next.minute % 60))
}
