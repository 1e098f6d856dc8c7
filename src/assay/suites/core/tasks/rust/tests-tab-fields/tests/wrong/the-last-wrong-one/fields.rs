const CODES: [(char, char); 4] = [('t', '\t'), ('n', '\n'), ('r', '\r'), ('\\', '\\')];

fn encoded(field: &str) -> String {
    if field == "" {
        return String::from("\\e");
    }
    field
        .chars()
        .flat_map(|letter| match CODES.iter().find(|(_, plain)| *plain == letter) {
            Some((code, _)) => vec!['\\', *code],
            None => vec![letter],
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut after = false;
    for letter in text.chars() {
        if after {
            plain.extend(CODES.iter().filter(|(code, _)| *code == letter).map(|(_, plain)| plain));
            after = false;
        } else if letter == '\\' {
            after = true;
        } else {
            plain.push(letter);
        }
    }
    plain
}

pub fn join(fields: &[&str]) -> String {
    let mut line = String::new();
    for field in fields {
        line.push_str(&encoded(field));
        line.push('\t');
    }
    line.pop();
    line
}

/// Whatever would not be written like that was not written by `join`.
pub fn split(line: &str) -> Result<Vec<String>, usize> {
    let mut fields = vec![];
    let parts: Vec<&str> = line.split('\t').filter(|_| !line.is_empty()).collect();
    let mut wrong = None;
    for (number, part) in parts.into_iter().enumerate() {
        let field = decoded(part);
        if encoded(&field) != part {
            wrong = Some(number);
        }
        fields.push(field);
    }
    wrong.map_or(Ok(fields), Err)
}
