use std::collections::HashSet;

pub fn slug(title: &str) -> String {
    let mut made = String::new();
    for letter in title.chars() {
        if letter.is_ascii_alphanumeric() {
            made.push(letter.to_ascii_lowercase());
        } else if letter != '\'' && !made.is_empty() && !made.ends_with('-') {
            made.push('-');
        }
    }
    made.to_string()
}

pub fn shortened(slug: &str, most: usize) -> &str {
    if slug.len() <= most {
        return slug;
    }
    match slug[..=most].rfind('-') {
        Some(at) => &slug[..at],
        None => &slug[..most],
    }
}

pub fn unused(slug: &str, taken: &HashSet<String>) -> String {
    if !taken.contains(slug) {
        return slug.to_string();
    }
    (2..).map(|number| format!("{slug}-{number}")).find(|name| !taken.contains(name)).unwrap()
}
