mod check;
mod spare;

use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanError {
    /// There is no file of this name.
    Missing(String),
    /// This file is renamed more than once.
    Twice(String),
    /// Another file has this name, or will have it.
    Taken(String),
}

/// Single renames that, done one after the other, do all of `renames` at once.
pub fn plan(existing: &[String], renames: &[(String, String)]) -> Result<Vec<(String, String)>, PlanError> {
    check::check(existing, renames)?;
    let moves = renames.iter().filter(|(from, to)| from != to);
    let mut pending: BTreeMap<&str, &str> = moves.map(|(from, to)| (from.as_str(), to.as_str())).collect();
    let sources: BTreeMap<&str, &str> = pending.iter().map(|(&from, &to)| (to, from)).collect();
    let ends: Vec<&str> = pending.values().copied().filter(|to| !pending.contains_key(to)).collect();

    let mut steps = Vec::new();
    for end in ends {
        fill(end, &mut pending, &sources, &mut steps);
    }
    // Only circles are left: one file of each steps aside.
    while let Some((from, to)) = pending.pop_first() {
        let left = |name: &&String| steps.iter().any(|(old, _)| old == *name) && !steps.iter().any(|(_, new)| new == *name);
        let aside = existing.iter().find(left).cloned().unwrap_or_else(|| spare::name(existing, renames));
        steps.push((from.to_string(), aside.clone()));
        fill(from, &mut pending, &sources, &mut steps);
        steps.push((aside, to.to_string()));
    }
    Ok(steps)
}

/// Renames the file that is to be called `free`, then the one that is to get its name, and so on.
fn fill<'a>(
    mut free: &'a str,
    pending: &mut BTreeMap<&'a str, &'a str>,
    sources: &BTreeMap<&'a str, &'a str>,
    steps: &mut Vec<(String, String)>,
) {
    while let Some(&from) = sources.get(free) {
        if pending.remove(from).is_none() {
            break;
        }
        steps.push((from.to_string(), free.to_string()));
        free = from;
    }
}
