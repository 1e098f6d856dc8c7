mod check;
mod spare;

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
    let mut steps = Vec::new();
    let mut parked = Vec::new();
    for (place, (from, to)) in renames.iter().enumerate() {
        if from == to {
            continue;
        }
        // Whatever still has the new name is renamed later: wait for it under another name.
        if renames[place..].iter().any(|(other, _)| other == to) {
            let aside = spare::name(existing, renames, parked.len());
            steps.push((from.clone(), aside.clone()));
            parked.push((aside, to.clone()));
        } else {
            steps.push((from.clone(), to.clone()));
        }
    }
    steps.extend(parked);
    Ok(steps)
}
