#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleError {
    BadPattern(usize),
    BadOwner(usize),
}

/// Who looks after a file: the owners of the last rule that fits it.
pub fn owners(rules: &str, path: &str) -> Result<Vec<String>, RuleError> {
    let parts: Vec<&str> = path.split('/').collect();
    let mut found = Vec::new();
    for (index, line) in rules.lines().enumerate() {
        let mut words = line.split_whitespace().take_while(|word| !word.starts_with('#'));
        let Some(pattern) = words.next() else { continue };
        let pattern = Pattern::parse(pattern).ok_or(RuleError::BadPattern(index + 1))?;
        let mut named: Vec<String> = Vec::new();
        for owner in words {
            if !is_owner(owner) {
                return Err(RuleError::BadOwner(index + 1));
            }
            if !named.iter().any(|other| other == owner) {
                named.push(owner.to_string());
            }
        }
        if pattern.fits(&parts) {
            found = named;
        }
    }
    Ok(found)
}

/// `@name` or `@company/team`.
fn is_owner(word: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    match word.strip_prefix('@').map(|names| names.split('/').collect::<Vec<_>>()) {
        Some(names) => names.len() <= 2 && names.into_iter().all(is_name),
        None => false,
    }
}

struct Pattern<'a> {
    /// `**` stands for any number of folders.
    parts: Vec<&'a str>,
    folders_only: bool,
}

impl<'a> Pattern<'a> {
    fn parse(text: &'a str) -> Option<Pattern<'a>> {
        let folders_only = text.ends_with('/');
        let inner = text.strip_suffix('/').unwrap_or(text);
        let anchored = inner.contains('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let mut parts: Vec<&str> = inner.split('/').collect();
        if parts.iter().any(|part| part.is_empty() || (part.contains("**") && *part != "**")) {
            return None;
        }
        if !anchored {
            parts.insert(0, "**");
        }
        Some(Pattern { parts, folders_only })
    }

    /// Whether the pattern fits the path or one of the folders that it is in.
    fn fits(&self, path: &[&str]) -> bool {
        let reached = self.reached(path);
        let last = if self.folders_only { path.len() - 1 } else { path.len() };
        reached[1..=last].contains(&true)
    }

    /// For each number of parts of the path, whether the whole pattern fits exactly these.
    fn reached(&self, path: &[&str]) -> Vec<bool> {
        let mut reached = vec![false; path.len() + 1];
        reached[0] = true;
        for part in &self.parts {
            let mut next = vec![false; path.len() + 1];
            for count in 0..=path.len() {
                next[count] = if *part == "**" {
                    reached[..=count].contains(&true)
                } else {
                    count > 0 && reached[count - 1] && fits_name(part, path[count - 1])
                };
            }
            reached = next;
        }
        reached
    }
}

/// Whether a name fits a pattern with `*` (any characters) and `?` (any one).
fn fits_name(pattern: &str, name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    let mut reached = vec![false; name.len() + 1];
    reached[0] = true;
    for wanted in pattern.chars() {
        let mut next = vec![false; name.len() + 1];
        for count in 0..=name.len() {
            next[count] = match wanted {
                '*' => reached[..=count].contains(&true),
                _ => count > 0 && reached[count - 1] && (wanted == '?' || wanted == name[count - 1]),
            };
        }
        reached = next;
    }
    reached[name.len()]
}
