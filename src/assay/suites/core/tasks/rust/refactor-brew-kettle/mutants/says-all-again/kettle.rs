//! A brewing kettle: what it does on what happens.

const ROOM: u32 = 20;
const BOILING: u32 = 100;
const MOST_LITRES: u32 = 50;

/// Goes through events such as `fill 20`, `heat 65`, `tick 10`, `hops 15`, `boil 60`, `drain`, `stop`, and gives what the
/// kettle says. Temperatures are in degrees, times in minutes, water in litres.
pub fn run(events: &[String]) -> Result<Vec<String>, String> {
    let mut kettle = Kettle::new();
    let mut said = Vec::new();
    for (i, event) in events.iter().enumerate() {
        said = kettle.handle(event).map_err(|problem| format!("event {}: {problem}", i + 1))?;
    }
    Ok(said)
}

pub struct Kettle {
    litres: u32,
    degrees: u32,
    target: Option<u32>,
    boil_left: Option<u32>,
    /// Minutes before the end, the latest last.
    hops: Vec<u32>,
    stopped: bool,
    said: Vec<String>,
}

impl Kettle {
    /// An empty one.
    pub fn new() -> Self {
        Kettle { litres: 0, degrees: ROOM, target: None, boil_left: None, hops: Vec::new(), stopped: false, said: Vec::new() }
    }

    /// What it says to an event; an error says what is wrong with that.
    pub fn handle(&mut self, event: &str) -> Result<Vec<String>, String> {
        let Some((name, number)) = parse(event)? else {
            return Ok(self.said.clone());
        };
        if self.stopped && name != "drain" {
            return Err("stopped".to_string());
        }
        let more = self.act(name, number)?;
        self.said.extend(more);
        Ok(self.said.clone())
    }

    fn act(&mut self, name: &str, number: Option<u32>) -> Result<Vec<String>, String> {
        match name {
            "fill" => self.fill(positive(number, "fill how much?")?),
            "heat" => self.heat(positive(number.filter(|to| *to < BOILING), "heat to what?")?),
            "boil" => self.boil(positive(number, "boil how long?")?),
            "hops" => self.add_hops(number.ok_or("hops when?")?),
            "tick" => Ok(self.tick(positive(number, "tick how long?")?)),
            "drain" => alone(number).and_then(|()| self.drain()),
            "stop" => alone(number).map(|()| self.stop()),
            _ => Err(format!("unknown: {name}")),
        }
    }

    fn fill(&mut self, amount: u32) -> Result<Vec<String>, String> {
        self.check_calm()?;
        let litres = self.litres + amount;
        if litres > MOST_LITRES {
            return Err(format!("{litres} l do not fit"));
        }
        self.degrees = (self.degrees * self.litres + ROOM * amount) / litres;
        self.litres = litres;
        Ok(vec![format!("{litres} l at {} degrees", self.degrees)])
    }

    fn heat(&mut self, to: u32) -> Result<Vec<String>, String> {
        self.check_full()?;
        self.check_calm()?;
        self.target = Some(to).filter(|to| *to > self.degrees);
        Ok(match self.target {
            Some(_) => Vec::new(),
            None => vec![format!("already {} degrees", self.degrees)],
        })
    }

    fn boil(&mut self, minutes: u32) -> Result<Vec<String>, String> {
        self.check_full()?;
        self.check_calm()?;
        self.target = Some(BOILING).filter(|to| *to > self.degrees);
        self.boil_left = Some(minutes);
        Ok(Vec::new())
    }

    fn add_hops(&mut self, before_end: u32) -> Result<Vec<String>, String> {
        let left = self.boil_left.ok_or("it does not boil")?;
        if before_end > left {
            return Err(format!("too late for {before_end}"));
        }
        self.hops.push(before_end);
        self.hops.sort();
        Ok(Vec::new())
    }

    fn tick(&mut self, minutes: u32) -> Vec<String> {
        (0..minutes).flat_map(|_| self.minute()).collect()
    }

    fn minute(&mut self) -> Vec<String> {
        match (self.target, self.boil_left) {
            (Some(to), _) => self.warm(to),
            (None, Some(left)) => self.simmer(left),
            (None, None) => {
                self.degrees = ROOM.max(self.degrees - 1);
                Vec::new()
            }
        }
    }

    fn warm(&mut self, to: u32) -> Vec<String> {
        self.degrees = to.min(self.degrees + 2);
        if self.degrees < to {
            return Vec::new();
        }
        self.target = None;
        vec![format!("{to} degrees")]
    }

    fn simmer(&mut self, left: u32) -> Vec<String> {
        let due = self.hops.iter().filter(|at| **at == left).count();
        self.hops.truncate(self.hops.len() - due);
        self.boil_left = left.checked_sub(1);
        let end = (left == 0).then(|| "boiled".to_string());
        vec![format!("hops, {left} left"); due].into_iter().chain(end).collect()
    }

    fn drain(&mut self) -> Result<Vec<String>, String> {
        if !self.stopped {
            self.check_calm()?;
        }
        self.check_full()?;
        let said = format!("{} l out at {} degrees", self.litres, self.degrees);
        *self = Kettle { said: std::mem::take(&mut self.said), ..Kettle::new() };
        Ok(vec![said])
    }

    fn stop(&mut self) -> Vec<String> {
        self.stopped = true;
        self.target = None;
        vec!["stopped".to_string()]
    }

    fn check_full(&self) -> Result<(), String> {
        if self.litres == 0 {
            return Err("empty".to_string());
        }
        Ok(())
    }

    fn check_calm(&self) -> Result<(), String> {
        if self.boil_left.is_some() {
            return Err("it boils".to_string());
        }
        Ok(())
    }
}

/// An event's name and its number, if it has one; nothing for a blank one.
fn parse(event: &str) -> Result<Option<(&str, Option<u32>)>, String> {
    let mut words = event.split_whitespace();
    let Some(name) = words.next() else {
        return Ok(None);
    };
    let number = words.next().map(|word| word.parse().map_err(|_| format!("no number: {word}"))).transpose()?;
    if words.next().is_some() {
        return Err("too much said".to_string());
    }
    Ok(Some((name, number)))
}

fn positive(number: Option<u32>, question: &str) -> Result<u32, String> {
    number.filter(|number| *number > 0).ok_or_else(|| question.to_string())
}

fn alone(number: Option<u32>) -> Result<(), String> {
    match number {
        Some(_) => Err("too much said".to_string()),
        None => Ok(()),
    }
}
