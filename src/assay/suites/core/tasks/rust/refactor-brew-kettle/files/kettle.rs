//! A brewing kettle: what it does on what happens.

/// Goes through events such as `fill 20`, `heat 65`, `tick 10`, `hops 15`, `boil 60`, `drain`, `stop`, and gives what the
/// kettle says. Temperatures are in degrees, times in minutes, water in litres.
pub fn run(events: &[String]) -> Result<Vec<String>, String> {
    let mut litres: u32 = 0;
    let mut degrees: u32 = 20;
    let mut target: Option<u32> = None;
    let mut boil_left: Option<u32> = None;
    let mut hops: Vec<u32> = Vec::new();
    let mut said: Vec<String> = Vec::new();
    let mut stopped = false;
    for (i, event) in events.iter().enumerate() {
        let mut words = event.split_whitespace();
        let name = match words.next() {
            Some(name) => name,
            None => continue,
        };
        let number: Option<u32> = match words.next() {
            Some(word) => match word.parse() {
                Ok(number) => Some(number),
                Err(_) => return Err(format!("event {}: no number: {}", i + 1, word)),
            },
            None => None,
        };
        if words.next().is_some() {
            return Err(format!("event {}: too much said", i + 1));
        }
        if stopped && name != "drain" {
            return Err(format!("event {}: stopped", i + 1));
        }
        if name == "fill" {
            let amount = match number {
                Some(amount) if amount > 0 => amount,
                _ => return Err(format!("event {}: fill how much?", i + 1)),
            };
            if boil_left.is_some() {
                return Err(format!("event {}: it boils", i + 1));
            }
            if litres + amount > 50 {
                return Err(format!("event {}: {} l do not fit", i + 1, litres + amount));
            }
            degrees = (degrees * litres + 20 * amount) / (litres + amount);
            litres += amount;
            said.push(format!("{} l at {} degrees", litres, degrees));
        } else if name == "heat" {
            let to = match number {
                Some(to) if to > 0 && to <= 99 => to,
                _ => return Err(format!("event {}: heat to what?", i + 1)),
            };
            if litres == 0 {
                return Err(format!("event {}: empty", i + 1));
            }
            if boil_left.is_some() {
                return Err(format!("event {}: it boils", i + 1));
            }
            if to <= degrees {
                target = None;
                said.push(format!("already {} degrees", degrees));
            } else {
                target = Some(to);
            }
        } else if name == "boil" {
            let minutes = match number {
                Some(minutes) if minutes > 0 => minutes,
                _ => return Err(format!("event {}: boil how long?", i + 1)),
            };
            if litres == 0 {
                return Err(format!("event {}: empty", i + 1));
            }
            if boil_left.is_some() {
                return Err(format!("event {}: it boils", i + 1));
            }
            target = Some(100);
            boil_left = Some(minutes);
            if degrees >= 100 {
                target = None;
            }
        } else if name == "hops" {
            let before_end = match number {
                Some(minutes) => minutes,
                None => return Err(format!("event {}: hops when?", i + 1)),
            };
            match boil_left {
                Some(left) if before_end <= left => hops.push(before_end),
                Some(_) => return Err(format!("event {}: too late for {}", i + 1, before_end)),
                None => return Err(format!("event {}: it does not boil", i + 1)),
            }
            hops.sort();
        } else if name == "tick" {
            let minutes = match number {
                Some(minutes) if minutes > 0 => minutes,
                _ => return Err(format!("event {}: tick how long?", i + 1)),
            };
            for _ in 0..minutes {
                if let Some(to) = target {
                    degrees += 2;
                    if degrees >= to {
                        degrees = to;
                        target = None;
                        said.push(format!("{} degrees", to));
                    }
                } else if let Some(left) = boil_left {
                    while hops.last() == Some(&left) {
                        hops.pop();
                        said.push(format!("hops, {} left", left));
                    }
                    if left == 0 {
                        boil_left = None;
                        said.push("boiled".to_string());
                    } else {
                        boil_left = Some(left - 1);
                    }
                } else if litres > 0 && degrees > 20 {
                    degrees -= 1;
                }
            }
        } else if name == "drain" {
            if number.is_some() {
                return Err(format!("event {}: too much said", i + 1));
            }
            if boil_left.is_some() && !stopped {
                return Err(format!("event {}: it boils", i + 1));
            }
            if litres == 0 {
                return Err(format!("event {}: empty", i + 1));
            }
            said.push(format!("{} l out at {} degrees", litres, degrees));
            litres = 0;
            degrees = 20;
            target = None;
            boil_left = None;
            hops.clear();
            stopped = false;
        } else if name == "stop" {
            if number.is_some() {
                return Err(format!("event {}: too much said", i + 1));
            }
            stopped = true;
            target = None;
            said.push("stopped".to_string());
        } else {
            return Err(format!("event {}: unknown: {}", i + 1, name));
        }
    }
    Ok(said)
}
