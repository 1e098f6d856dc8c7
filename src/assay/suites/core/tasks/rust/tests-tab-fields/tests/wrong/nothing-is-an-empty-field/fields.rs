//! Texts of any kind in one line of a log.

const EMPTY: &str = "\\e";

pub fn join(fields: &[&str]) -> String {
    let written: Vec<String> = fields.iter().map(|field| write(field)).collect();
    written.join("\t")
}

fn write(field: &str) -> String {
    if field.is_empty() {
        return EMPTY.to_string();
    }
    field.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

pub fn split(line: &str) -> Result<Vec<String>, usize> {
    if line.is_empty() {
        return Ok(Vec::new());
    }
    line.split('\t').enumerate().map(|(number, written)| read(written).ok_or(number)).collect()
}

fn read(written: &str) -> Option<String> {
    if written == EMPTY {
        return Some(String::new());
    }
    if written.contains(['\n', '\r']) {
        return None;
    }
    let mut field = String::new();
    let mut rest = written.chars();
    while let Some(letter) = rest.next() {
        field.push(match letter {
            '\\' => match rest.next()? {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                '\\' => '\\',
                _ => return None,
            },
            other => other,
        });
    }
    Some(field)
}
