//! What is needed of each part.
use crate::{BomError, Part};
use std::collections::{BTreeMap, BTreeSet};

/// The product and all that goes into it.
pub fn order<'a>(parts: &'a BTreeMap<String, Part>, product: &'a str) -> Vec<&'a str> {
    let mut seen = BTreeSet::from([product]);
    let mut found = vec![product];
    let mut at = 0;
    while at < found.len() {
        for part in parts[found[at]].uses.keys() {
            if seen.insert(part.as_str()) {
                found.push(part);
            }
        }
        at += 1;
    }
    found
}

pub fn to_buy(
    parts: &BTreeMap<String, Part>,
    product: &str,
    count: u64,
) -> Result<Vec<(String, u64)>, BomError> {
    let mut stock: BTreeMap<&str, u64> = parts.iter().map(|(name, part)| (name.as_str(), part.stock)).collect();
    let mut missing = BTreeMap::new();
    take(parts, product, count, &mut stock, &mut missing)?;
    Ok(missing.into_iter().map(|(name, pieces)| (name.to_string(), pieces)).collect())
}

fn take<'a>(
    parts: &'a BTreeMap<String, Part>,
    name: &'a str,
    count: u64,
    stock: &mut BTreeMap<&'a str, u64>,
    missing: &mut BTreeMap<&'a str, u64>,
) -> Result<(), BomError> {
    let there = stock.get_mut(name).expect("it is known");
    let taken = count.min(*there);
    *there -= taken;
    let rest = count - taken;
    if rest == 0 {
        return Ok(());
    }
    if parts[name].uses.is_empty() {
        let pack = parts[name].pack;
        let bought = rest.div_ceil(pack).checked_mul(pack).ok_or(BomError::TooLarge)?;
        let sum = missing.entry(name).or_insert(0u64);
        *sum = sum.checked_add(bought).ok_or(BomError::TooLarge)?;
    }
    for (used, each) in &parts[name].uses {
        take(parts, used, rest.checked_mul(*each).ok_or(BomError::TooLarge)?, stock, missing)?;
    }
    Ok(())
}
