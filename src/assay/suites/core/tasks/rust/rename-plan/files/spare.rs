//! Names that are nobody's.

pub fn name(number: usize) -> String {
    format!(".rename-{number}")
}
