use std::collections::HashSet;

pub fn slug(title: &str) -> String {
    let plain = title.replace('\'', "").to_ascii_lowercase();
    let words: Vec<&str> =
        plain.split(|letter: char| !matches!(letter, 'a'..='z' | '0'..='9')).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

pub fn shortened(slug: &str, most: usize) -> &str {
    let ends = slug.match_indices('-').map(|(at, _)| at).chain([slug.len()]);
    let kept = ends.filter(|&at| at <= most).last().unwrap_or(most);
    &slug[..kept]
}

pub fn unused(slug: &str, taken: &HashSet<String>) -> String {
    let mut name = slug.to_owned();
    let mut number = 1;
    while taken.contains(&name) {
        number += 1;
        name = [slug, &number.to_string()].join("-");
    }
    name
}
