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
    Ok(precedence(&parse(a)?, &parse(b)?) as i32)
}

/// Says whether a version lies in a range.
pub fn satisfies(version: &str, range: &str) -> Result<bool, VersionError> {
    let version = parse(version)?;
    let comparators = range
        .split_ascii_whitespace()
        .map(|word| comparator(word).ok_or_else(|| VersionError::BadRange(word.to_string())))
        .collect::<Result<Vec<_>, _>>()?;
    let inside = comparators.iter().all(|(operator, base)| holds(operator, base, &version));
    let welcome = version.pre.is_empty()
        || comparators.iter().any(|(_, base)| !base.pre.is_empty());
    Ok(inside && welcome)
}

fn precedence(a: &Version, b: &Version) -> Ordering {
    let pre = match (a.pre.is_empty(), b.pre.is_empty()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) => compare_pre(&a.pre, &b.pre),
    };
    a.core.cmp(&b.core).then(pre)
}

fn compare_pre(a: &[Identifier], b: &[Identifier]) -> Ordering {
    for (x, y) in a.iter().zip(b) {
        let order = match (x, y) {
            (Identifier::Numeric(x), Identifier::Numeric(y)) => x.cmp(y),
            (Identifier::Numeric(_), Identifier::Text(_)) => Ordering::Less,
            (Identifier::Text(_), Identifier::Numeric(_)) => Ordering::Greater,
            (Identifier::Text(x), Identifier::Text(y)) => x.cmp(y),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    a.len().cmp(&b.len())
}

fn comparator(word: &str) -> Option<(&str, Version)> {
    let operators = [">=", "<=", ">", "<", "=", "^", "~"];
    let operator = operators.into_iter().find(|op| word.starts_with(op)).unwrap_or("");
    Some((operator, read(&word[operator.len()..])?))
}

fn holds(operator: &str, base: &Version, version: &Version) -> bool {
    let order = precedence(version, base);
    match operator {
        ">=" => order.is_ge(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        "<" => order.is_lt(),
        "^" => {
            let fixed = base.core.iter().position(|&n| n > 0).unwrap_or(«last»);
            order.is_ge() && version.core[..=fixed] == base.core[..=fixed]
        }
        "~" => order.is_ge() && version.core[..«kept»] == base.core[..«kept»],
        _ => order.is_eq(),
    }
}
