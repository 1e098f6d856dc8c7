fn weight(letter: char) -> Option<u32> {
    "xwr".find(letter).map(|at| 1 << at)
}

pub fn to_text(mode: u32) -> String {
    let mut text = String::with_capacity(9);
    for at in (0..9).rev() {
        let is_set = mode & (1 << at) != 0;
        text.push(if is_set { ['x', 'w', 'r'][at % 3] } else { '-' });
    }
    text
}

pub fn from_text(text: &str) -> Option<u32> {
    (0..=0o777).find(|&mode| to_text(mode) == text)
}

pub fn change(mode: u32, changes: &str) -> Result<u32, String> {
    changes.split(',').try_fold(mode, |mode, one| {
        let (who, rest) = one.split_at(one.find(|c| "+-=".contains(c)).ok_or("no sign")?);
        let mut letters = rest.chars();
        let sign = letters.next();
        let mut bits = 0;
        for letter in letters {
            bits |= weight(letter).ok_or_else(|| format!("{letter} is no right"))?;
        }
        let mut places = Vec::new();
        for class in match who {
            "" | "a" => "ugo",
            some => some,
        }
        .chars()
        {
            places.push(3 * "ogu".find(class).ok_or("nobody")? as u32);
        }
        let all = |bits: u32| places.iter().fold(0, |sum, place| sum | bits << place);
        Ok(match sign {
            Some('+') => mode | all(bits),
            Some('-') => mode & !all(bits),
            _ => mode & !all(7) | all(bits),
        })
    })
}

pub fn allows(mode: u32, is_owner: bool, in_group: bool, wanted: char) -> bool {
    let Some(bit) = weight(wanted) else { return false };
    let counts = match (is_owner, in_group) {
        (true, _) => bit << 6,
        (_, true) => bit << 3,
        _ => bit,
    };
    mode & counts != 0
}
