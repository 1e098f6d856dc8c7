pub fn join(fields: &[&str]) -> String {
    let mut line = String::new();
    for (number, field) in fields.iter().enumerate() {
        if number > 0 {
            line.push('\t');
        }
        if field.is_empty() {
            line += "\\e";
        }
        for letter in field.chars() {
            match letter {
                '\t' => line += r"\t",
                '\n' => line += r"\n",
                '\r' => line += r"\r",
                '\\' => line += r"\\",
                _ => line.push(letter),
            }
        }
    }
    line
}

pub fn split(line: &str) -> Result<Vec<String>, usize> {
    let mut fields: Vec<String> = Vec::new();
    if line == "" {
        return Ok(fields);
    }
    let mut field = String::new();
    let mut read = 0;
    let mut empty = false;
    let mut escaped = false;
    for letter in line.chars().chain(std::iter::once('\t')) {
        let number = fields.len();
        if escaped {
            escaped = false;
            match letter {
                't' => field.push('\t'),
                'n' => field.push('\n'),
                'r' => field.push('\r'),
                '\\' => field.push('\\'),
                'e' if read == 0 => empty = true,
                _ => return Err(number),
            }
            read += 1;
        } else if letter == '\t' {
            if read == 0 {
                return Err(number);
            }
            fields.push(std::mem::take(&mut field));
            read = 0;
            empty = false;
        } else if empty {
            return Err(number);
        } else if letter == '\\' {
            escaped = true;
        } else {
            field.push(letter);
            read += 1;
        }
    }
    Ok(fields)
}
