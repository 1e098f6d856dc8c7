//! Names that are nobody's.
use std::collections::HashSet;

/// A name that no file has, and that none will get.
pub fn name(existing: &[String], renames: &[(String, String)]) -> String {
    let taken: HashSet<&String> = existing.iter().chain(renames.iter().map(|(_, to)| to)).collect();
    (0..).map(|number| format!(".rename-{number}")).find(|name| !taken.contains(name)).expect("one is free")
}
