//! Names that are nobody's.
use std::collections::HashSet;

/// A name that no file has, and that none will get.
pub fn name(existing: &[String], _renames: &[(String, String)]) -> String {
    let taken: HashSet<&String> = existing.iter().collect();
    (0..).map(|number| format!(".rename-{number}")).find(|name| !taken.contains(name)).expect("one is free")
}
