use std::collections::HashSet;

/// Small letters and digits of a title, with a `-` for whatever is between them; apostrophes are left out.
///
/// ```
/// use slugs::slug;
///
/// assert_eq!(slug("What's new in 2.0?"), "whats-new-in-2-0");
/// assert_eq!(slug("  -- Rain & wind --  "), "rain-wind");
/// assert_eq!(slug("Café"), "caf");
/// assert_eq!(slug("???"), "");
/// ```
pub fn slug(title: &str) -> String {
    let mut made = String::new();
    for letter in title.chars() {
        if letter.is_ascii_alphanumeric() {
            made.push(letter.to_ascii_lowercase());
        } else if letter != '\'' && !made.is_empty() && !made.ends_with('-') {
            made.push('-');
        }
    }
    made.trim_end_matches('-').to_string()
}

/// The slug in so many characters at most, cut where a word ends; within a word only if it is the first.
///
/// ```
/// use slugs::shortened;
///
/// assert_eq!(shortened("rain-and-wind", 13), "rain-and-wind");
/// assert_eq!(shortened("rain-and-wind", 12), "rain-and");
/// assert_eq!(shortened("rain-and-wind", 8), "rain-and");
/// assert_eq!(shortened("rain-and-wind", 7), "rain");
/// assert_eq!(shortened("rain-and-wind", 3), "rai");
/// ```
pub fn shortened(slug: &str, most: usize) -> &str {
    if slug.len() <= most {
        return slug;
    }
    match slug[..=most].rfind('-') {
        Some(at) => &slug[..at],
        None => &slug[..most],
    }
}

/// The slug itself, or with a number.
///
/// ```ignore
/// let taken: HashSet<String> = ["rain", "rain-2"].map(String::from).into();
/// assert_eq!(slugs::unused("rain", &taken), "rain-3");
/// ```
pub fn unused(slug: &str, taken: &HashSet<String>) -> String {
    if !taken.contains(slug) {
        return slug.to_string();
    }
    (2..).map(|number| format!("{slug}-{number}")).find(|name| !taken.contains(name)).unwrap()
}
