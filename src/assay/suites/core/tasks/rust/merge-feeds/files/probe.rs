use crate::{Merge, Reading};
use std::cell::Cell;

/// How many readings were taken from each feed when `Merge` had given `count` of them.
pub fn taken(feeds: Vec<Vec<Reading>>, count: usize) -> Vec<usize> {
    let counters = vec![Cell::new(0); feeds.len()];
    let counted = feeds.into_iter().zip(&counters).map(|(feed, counter)| {
        feed.into_iter().inspect(move |_| counter.set(counter.get() + 1))
    });
    Merge::new(counted.collect()).take(count).for_each(drop);
    counters.iter().map(Cell::get).collect()
}
