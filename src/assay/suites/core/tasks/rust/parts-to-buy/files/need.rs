//! What is needed of each part.
use crate::{BomError, Part};
use std::collections::{BTreeMap, BTreeSet};

pub fn has_circle<'a>(parts: &'a BTreeMap<String, Part>, name: &'a str, seen: &mut BTreeSet<&'a str>) -> bool {
    !seen.insert(name) || parts[name].uses.keys().any(|part| has_circle(parts, part, seen))
}

pub fn to_buy(
    parts: &BTreeMap<String, Part>,
    product: &str,
    count: u64,
    bought: &mut BTreeMap<String, u64>,
) -> Result<(), BomError> {
    let part = &parts[product];
    let missing = count.saturating_sub(part.stock);
    if missing == 0 {
        return Ok(());
    }
    if part.uses.is_empty() {
        let pieces = missing.div_ceil(part.pack) * part.pack;
        *bought.entry(product.to_string()).or_insert(0) += pieces;
    }
    for (used, each) in &part.uses {
        to_buy(parts, used, missing * each, bought)?;
    }
    Ok(())
}
