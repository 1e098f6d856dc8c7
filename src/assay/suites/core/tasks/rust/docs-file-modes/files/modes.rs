const CLASSES: [(char, u32); 3] = [('u', 6), ('g', 3), ('o', 0)];

fn bit(letter: char) -> Option<u32> {
    match letter {
        'r' => Some(4),
        'w' => Some(2),
        'x' => Some(1),
        _ => None,
    }
}

pub fn to_text(mode: u32) -> String {
    CLASSES
        .iter()
        .flat_map(|(_, shift)| "rwx".chars().map(move |letter| (shift, letter)))
        .map(|(shift, letter)| if mode >> shift & bit(letter).unwrap() > 0 { letter } else { '-' })
        .collect()
}

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
