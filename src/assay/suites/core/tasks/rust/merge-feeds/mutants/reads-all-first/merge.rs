mod probe;
pub use probe::taken;

use std::collections::{BTreeMap, VecDeque};
use std::iter::Peekable;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub time: i64,
    pub sensor: String,
    pub value: i64,
}

/// All readings of several feeds, each of them in order of time, as one.
pub struct Merge<I: Iterator<Item = Reading>> {
    feeds: Vec<Peekable<I>>,
    /// What is left to give of the earliest time.
    ready: VecDeque<Reading>,
}

impl<I: Iterator<Item = Reading>> Merge<I> {
    pub fn new(feeds: Vec<I>) -> Self {
        let mut latest = BTreeMap::new();
        for reading in feeds.into_iter().flatten() {
            latest.insert((reading.time, reading.sensor.clone()), reading);
        }
        Merge { feeds: Vec::new(), ready: latest.into_values().collect() }
    }

    /// Takes the readings of the next time out of all feeds; nothing if there are none.
    fn collect_next(&mut self) -> Option<VecDeque<Reading>> {
        let time = self.feeds.iter_mut().filter_map(|feed| feed.peek()).map(|reading| reading.time).min()?;
        let mut latest = BTreeMap::new();
        for feed in &mut self.feeds {
            while let Some(reading) = feed.next_if(|reading| reading.time == time) {
                latest.insert(reading.sensor.clone(), reading);
            }
        }
        Some(latest.into_values().collect())
    }
}

impl<I: Iterator<Item = Reading>> Iterator for Merge<I> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        if self.ready.is_empty() {
            self.ready = self.collect_next()?;
        }
        self.ready.pop_front()
    }
}

pub fn merged(feeds: Vec<Vec<Reading>>) -> Vec<Reading> {
    Merge::new(feeds.into_iter().map(Vec::into_iter).collect()).collect()
}
