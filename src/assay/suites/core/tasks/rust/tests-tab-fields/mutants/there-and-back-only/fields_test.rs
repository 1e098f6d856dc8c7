use fields::{join, split};

fn owned(fields: &[&str]) -> Vec<String> {
    fields.iter().map(|field| field.to_string()).collect()
}

#[test]
fn both_directions() {
    for fields in [&["a", "b"][..], &["a\tb", "\n", "\\"], &["", ""], &[]] {
        assert_eq!(split(&join(fields)), Ok(owned(fields)));
    }
}
