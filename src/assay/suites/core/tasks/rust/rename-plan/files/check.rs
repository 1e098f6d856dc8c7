//! Whether a list of renames can be done at all.
use crate::PlanError;
use std::collections::HashSet;

pub fn check(existing: &[String], renames: &[(String, String)]) -> Result<(), PlanError> {
    let there: HashSet<&String> = existing.iter().collect();
    let mut sources = HashSet::new();
    for (from, _) in renames {
        if !there.contains(from) {
            return Err(PlanError::Missing(from.clone()));
        }
        if !sources.insert(from) {
            return Err(PlanError::Twice(from.clone()));
        }
    }
    for (_, to) in renames {
        if there.contains(to) && !sources.contains(to) {
            return Err(PlanError::Taken(to.clone()));
        }
    }
    Ok(())
}
