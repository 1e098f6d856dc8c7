//! What is needed of each part.
use crate::{BomError, Part};
use std::collections::{BTreeMap, BTreeSet};

/// The product and all that goes into it, each after everything that it goes into.
pub fn order<'a>(parts: &'a BTreeMap<String, Part>, product: &'a str) -> Vec<&'a str> {
    let (mut seen, mut finished) = (BTreeSet::new(), Vec::new());
    visit(parts, product, &mut seen, &mut finished);
    finished.reverse();
    finished
}

fn visit<'a>(
    parts: &'a BTreeMap<String, Part>,
    name: &'a str,
    seen: &mut BTreeSet<&'a str>,
    finished: &mut Vec<&'a str>,
) {
    if seen.insert(name) {
        for part in parts[name].uses.keys() {
            visit(parts, part, seen, finished);
        }
        finished.push(name);
    }
}

pub fn to_buy(
    parts: &BTreeMap<String, Part>,
    product: &str,
    count: u64,
) -> Result<Vec<(String, u64)>, BomError> {
    let mut needed = BTreeMap::from([(product, count)]);
    let mut bought = BTreeMap::new();
    for name in order(parts, product) {
        let part = &parts[name];
        let missing = needed.get(name).copied().unwrap_or(0).saturating_sub(part.stock);
        if missing > 0 && part.uses.is_empty() {
            let pieces = missing.div_ceil(part.pack).checked_mul(part.pack).ok_or(BomError::TooLarge)?;
            bought.insert(name.to_string(), pieces);
        }
        for (used, each) in &part.uses {
            let more = missing.checked_mul(*each).ok_or(BomError::TooLarge)?;
            let sum = needed.entry(used.as_str()).or_insert(0);
            *sum = sum.checked_add(more).ok_or(BomError::TooLarge)?;
        }
    }
    Ok(bought.into_iter().collect())
}
