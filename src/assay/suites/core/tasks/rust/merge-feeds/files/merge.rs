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
        other.time.cmp(&self.time)
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
    last: i64,
}

impl<I: Iterator<Item = Reading>> Merge<I> {
    pub fn new(feeds: Vec<I>) -> Self {
        Merge { feeds, heap: BinaryHeap::new(), last: 0 }
    }
}

impl<I: Iterator<Item = Reading>> Iterator for Merge<I> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        for feed in &mut self.feeds {
            self.heap.extend(feed);
        }
        let mut reading = self.heap.pop()?;
        while reading.time == self.last {
            reading = self.heap.pop()?;
        }
        self.last = reading.time;
        Some(reading)
    }
}

pub fn merged(feeds: Vec<Vec<Reading>>) -> Vec<Reading> {
    Merge::new(feeds.into_iter().map(Vec::into_iter).collect()).collect()
}
