//! The board of a bus stop: which bus leaves next.

const DAY: u32 = 24 * 60;
const INCOMPLETE: &str = "needs time, line and destination";

pub struct Departure {
    pub line: String,
    pub to: String,
    pub minute: u32,
    pub low_floor: bool,
}

impl Departure {
    /// Minutes until it leaves, today or tomorrow.
    fn wait(&self, now: u32) -> u32 {
        (self.minute + DAY - now) % DAY
    }
}

/// Minutes after midnight of a time such as `7:05`.
fn parse_clock(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    if hours.len() > 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Reads a line such as `7:05 12 Harbour *`; the star is for a low floor. An error says what is wrong.
fn parse_departure(text: &str) -> Result<Departure, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (low_floor, words) = match words.as_slice() {
        [rest @ .., "*"] => (true, rest),
        all => (false, all),
    };
    let [time, line, to @ ..] = words else {
        return Err(INCOMPLETE.to_string());
    };
    if to.is_empty() {
        return Err(INCOMPLETE.to_string());
    }
    let minute = parse_clock(time).ok_or_else(|| format!("no time: {time}"))?;
    Ok(Departure { line: line.to_string(), to: to.join(" "), minute: minute as i32, low_floor })
}

/// The next departure that is not before `now`, of those with a low floor only if that is asked for; the earliest one of
/// tomorrow if there is none today.
fn find_next(departures: &[Departure], now: u32, low_floor: bool) -> Option<&Departure> {
    departures.iter().filter(|one| one.low_floor || !low_floor).min_by_key(|one| one.wait(now))
}

/// What the board says at a time, such as `12 Harbour in 5 min`.
pub fn board(lines: &[String], now: &str, low_floor: bool) -> Result<String, String> {
    let now = parse_clock(now).ok_or_else(|| format!("no time: {now}"))?;
    let departures = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| parse_departure(line).map_err(|problem| format!("line {}: {problem}", i + 1)))
        .collect::<Result<Vec<_>, _>>()?;
    let Some(next) = find_next(&departures, now, low_floor) else {
        return Ok("no more buses".to_string());
    };
    let when = match next.wait(now) {
        0 => "now".to_string(),
        wait if wait < 60 => format!("in {wait} min"),
        _ => format!("at {}:{:02}", next.minute / 60, next.minute % 60),
    };
    Ok(format!("{} {} {when}", next.line, next.to))
}
