mod probe;
pub use probe::taken;

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
}

impl<I: Iterator<Item = Reading>> Merge<I> {
    pub fn new(feeds: Vec<I>) -> Self {
        Merge { feeds: feeds.into_iter().map(Iterator::peekable).collect() }
    }
}

impl<I: Iterator<Item = Reading>> Iterator for Merge<I> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        let heads = self.feeds.iter_mut().filter_map(|feed| feed.peek());
        let (time, sensor) = heads.map(|head| (head.time, head.sensor.clone())).min()?;
        let mut last = None;
        for feed in &mut self.feeds {
            while let Some(reading) = feed.next_if(|head| head.time == time && head.sensor == sensor) {
                last = Some(reading);
            }
        }
        last
    }
}

pub fn merged(feeds: Vec<Vec<Reading>>) -> Vec<Reading> {
    Merge::new(feeds.into_iter().map(Vec::into_iter).collect()).collect()
}
