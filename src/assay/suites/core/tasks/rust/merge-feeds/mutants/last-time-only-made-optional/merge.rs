mod probe;
pub use probe::taken;

use std::cmp::Ordering;
use std::collections::BinaryHeap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub time: i64,
    pub sensor: String,
    pub value: i64,
}

impl Ord for Reading {
    /// The other way round, since the heap gives the greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.time.cmp(&self.time).then_with(|| other.sensor.cmp(&self.sensor))
    }
}

impl PartialOrd for Reading {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// All readings of several feeds, each of them in order of time, as one.
pub struct Merge<I: Iterator<Item = Reading>> {
    feeds: Vec<I>,
    heap: BinaryHeap<Reading>,
    last: Option<(i64, String)>,
}

impl<I: Iterator<Item = Reading>> Merge<I> {
    pub fn new(feeds: Vec<I>) -> Self {
        Merge { feeds, heap: BinaryHeap::new(), last: None }
    }
}

impl<I: Iterator<Item = Reading>> Iterator for Merge<I> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        for feed in &mut self.feeds {
            self.heap.extend(feed);
        }
        let mut reading = self.heap.pop()?;
        while self.last == Some((reading.time, reading.sensor.clone())) {
            reading = self.heap.pop()?;
        }
        self.last = Some((reading.time, reading.sensor.clone()));
        Some(reading)
    }
}

pub fn merged(feeds: Vec<Vec<Reading>>) -> Vec<Reading> {
    Merge::new(feeds.into_iter().map(Vec::into_iter).collect()).collect()
}
