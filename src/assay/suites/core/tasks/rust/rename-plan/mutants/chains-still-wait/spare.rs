//! Names that are nobody's.
use std::collections::HashSet;

/// A name that no file has, and that none will get.
pub fn name(existing: &[String], renames: &[(String, String)], place: usize) -> String {
    let taken: HashSet<&String> = existing.iter().chain(renames.iter().map(|(_, to)| to)).collect();
    (0..).map(|number| format!(".rename-{number}")).filter(|name| !taken.contains(name)).nth(place).expect("one is free")
}
