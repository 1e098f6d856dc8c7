//! Whether a list of renames can be done at all.
use crate::PlanError;
use std::collections::HashSet;

pub fn check(existing: &[String], renames: &[(String, String)]) -> Result<(), PlanError> {
    let there: HashSet<&String> = existing.iter().collect();
    let leaving: HashSet<&String> = renames.iter().filter(|(from, to)| from != to).map(|(from, _)| from).collect();
    let (mut sources, mut targets) = (HashSet::new(), HashSet::new());
    for (from, to) in renames {
        if !there.contains(from) {
            return Err(PlanError::Missing(from.clone()));
        }
        if !sources.insert(from) {
            return Err(PlanError::Twice(from.clone()));
        }
        let stays = there.contains(to) && !leaving.contains(to) && from != to;
        if stays || !targets.insert(to) {
            return Err(PlanError::Taken(to.clone()));
        }
    }
    Ok(())
}
