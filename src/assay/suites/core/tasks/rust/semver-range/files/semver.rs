use std::cmp::Ordering;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionError {
    BadVersion(String),
    BadRange(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Identifier {
    Numeric(u64),
    Text(String),
}

/// A version; build metadata is checked and thrown away.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Version {
    core: [u64; 3],
    pre: Vec<Identifier>,
}

fn number(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit());
    let leading_zero = text.len() > 1 && text.starts_with('0');
    if !plain || leading_zero { None } else { text.parse().ok() }
}

fn identifier(text: &str) -> Option<Identifier> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return number(text).map(Identifier::Numeric);
    }
    Some(Identifier::Text(text.to_string()))
}

/// Reads `MAJOR.MINOR.PATCH[-PRE][+BUILD]`.
fn parse(text: &str) -> Result<Version, VersionError> {
    read(text).ok_or_else(|| VersionError::BadVersion(text.to_string()))
}

fn read(text: &str) -> Option<Version> {
    let (rest, build) = match text.split_once('+') {
        Some((rest, build)) => (rest, Some(build)),
        None => (text, None),
    };
    let valid = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if build.is_some_and(|build| !build.split('.').all(valid)) {
        return None;
    }
    let (core, pre) = match rest.split_once('-') {
        Some((core, pre)) => (core, pre.split('.').map(identifier).collect::<Option<Vec<_>>>()?),
        None => (rest, Vec::new()),
    };
    let core = core.split('.').map(number).collect::<Option<Vec<u64>>>()?;
    Some(Version { core: core.try_into().ok()?, pre })
}

/// Compares two versions by precedence: -1, 0 or 1.
pub fn compare(a: &str, b: &str) -> Result<i32, VersionError> {
    // TO BE WRITTEN
}

/// Says whether a version lies in a range.
pub fn satisfies(version: &str, range: &str) -> Result<bool, VersionError> {
    // TO BE WRITTEN
}
