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
    let (mut stock, mut missing) = (BTreeMap::new(), BTreeMap::new());
    take(parts, product, count, &mut stock, &mut missing)?;
    let mut bought = Vec::new();
    for (name, pieces) in missing {
        let pack = parts[name].pack;
        bought.push((name.to_string(), pieces.div_ceil(pack).checked_mul(pack).ok_or(BomError::TooLarge)?));
    }
    Ok(bought)
}

/// Takes from the stock what is there, place by place, and adds up what is missing.
fn take<'a>(
    parts: &'a BTreeMap<String, Part>,
    name: &'a str,
    count: u64,
    stock: &mut BTreeMap<&'a str, u64>,
    total: &mut BTreeMap<&'a str, u64>,
) -> Result<(), BomError> {
    let part = &parts[name];
    let left = stock.entry(name).or_insert(part.stock);
    let taken = count.min(*left);
    *left -= taken;
    let missing = count - taken;
    if missing == 0 {
        return Ok(());
    }
    if part.uses.is_empty() {
        let sum = total.entry(name).or_insert(0);
        *sum = sum.checked_add(missing).ok_or(BomError::TooLarge)?;
        return Ok(());
    }
    for (used, each) in &part.uses {
        take(parts, used, missing.checked_mul(*each).ok_or(BomError::TooLarge)?, stock, total)?;
    }
    Ok(())
}
