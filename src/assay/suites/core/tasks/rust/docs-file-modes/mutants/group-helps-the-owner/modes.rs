const CLASSES: [(char, u32); 3] = [('u', 6), ('g', 3), ('o', 0)];

fn bit(letter: char) -> Option<u32> {
    match letter {
        'r' => Some(4),
        'w' => Some(2),
        'x' => Some(1),
        _ => None,
    }
}

/// The nine letters of a mode, as `ls -l` shows them.
///
/// ```
/// assert_eq!(modes::to_text(0o754), "rwxr-xr--");
/// assert_eq!(modes::to_text(0o001), "--------x");
/// assert_eq!(modes::to_text(0), "---------");
/// assert_eq!(modes::to_text(0o4644), "rw-r--r--");
/// ```
pub fn to_text(mode: u32) -> String {
    CLASSES
        .iter()
        .flat_map(|(_, shift)| "rwx".chars().map(move |letter| (shift, letter)))
        .map(|(shift, letter)| if mode >> shift & bit(letter).unwrap() > 0 { letter } else { '-' })
        .collect()
}

/// The mode of nine letters; `None` for anything else than what [`to_text`] writes.
///
/// ```
/// use modes::from_text;
///
/// assert_eq!(from_text("rwxr-xr--"), Some(0o754));
/// assert_eq!(from_text("---------"), Some(0));
/// assert_eq!(from_text("r-xrwx-w-"), Some(0o572));
/// assert_eq!(from_text("wrxr-xr--"), None);
/// assert_eq!(from_text("rwx"), None);
/// assert_eq!(from_text("-rwxr-xr--"), None);
/// ```
pub fn from_text(text: &str) -> Option<u32> {
    if text.len() != 9 {
        return None;
    }
    let mut mode = 0;
    for (at, letter) in text.chars().enumerate() {
        let wanted = ['r', 'w', 'x'][at % 3];
        mode <<= 1;
        if letter == wanted {
            mode |= 1;
        } else if letter != '-' {
            return None;
        }
    }
    Some(mode)
}

/// A mode after some changes, made one after the other: `u`, `g`, `o` (several, or `a` or nobody for all),
/// then `+` to add, `-` to remove or `=` to set, then any of `r`, `w` and `x`. With `=` and no letter, nothing
/// is allowed any more.
///
/// ```
/// use modes::change;
///
/// assert_eq!(change(0o644, "u+x,g-r"), Ok(0o704));
/// assert_eq!(change(0o644, "+x"), Ok(0o755));
/// assert_eq!(change(0o777, "a-wx"), Ok(0o444));
/// assert_eq!(change(0o644, "o-rw"), Ok(0o640));
/// assert_eq!(change(0o754, "go=r"), Ok(0o744));
/// assert_eq!(change(0o754, "o="), Ok(0o750));
/// assert_eq!(change(0o600, "g+w,g-w"), Ok(0o600));
/// assert_eq!(change(0o4600, "u=rwx"), Ok(0o4700));
/// assert!(change(0o644, "u+s").is_err());
/// assert!(change(0o644, "z+x").is_err());
/// assert!(change(0o644, "ux").is_err());
/// assert!(change(0o644, "").is_err());
/// ```
pub fn change(mode: u32, changes: &str) -> Result<u32, String> {
    let mut changed = mode;
    for one in changes.split(',') {
        let at = one.find(['+', '-', '=']).ok_or_else(|| format!("{one:?} has none of + - ="))?;
        let bits = one[at + 1..]
            .chars()
            .try_fold(0, |sum, letter| bit(letter).map(|bit| sum | bit))
            .ok_or_else(|| format!("{one:?} has something else than r, w and x"))?;
        let classes = if at == 0 || &one[..at] == "a" { "ugo" } else { &one[..at] };
        for class in classes.chars() {
            let (_, shift) =
                CLASSES.iter().find(|(name, _)| *name == class).ok_or_else(|| format!("{one:?} is for nobody"))?;
            changed = match &one[at..=at] {
                "+" => changed | bits << shift,
                "-" => changed & !(bits << shift),
                _ => changed & !(7 << shift) | bits << shift,
            };
        }
    }
    Ok(changed)
}

/// Whether a mode allows what is wanted, `'r'`, `'w'` or `'x'`. Only the first class that somebody is of
/// counts: an owner without a right has not got it for being in the group.
///
/// ```
/// use modes::allows;
///
/// assert!(allows(0o640, true, false, 'w'));
/// assert!(allows(0o640, false, true, 'r'));
/// assert!(!allows(0o640, false, true, 'w'));
/// assert!(!allows(0o640, false, false, 'r'));
/// assert!(allows(0o070, true, true, 'r'));
/// assert!(!allows(0o604, false, true, 'r'));
/// assert!(!allows(0o777, true, true, 's'));
/// ```
pub fn allows(mode: u32, is_owner: bool, in_group: bool, wanted: char) -> bool {
    let shift = if is_owner {
        6
    } else if in_group {
        3
    } else {
        0
    };
    bit(wanted).is_some_and(|bit| mode >> shift & bit > 0)
}
