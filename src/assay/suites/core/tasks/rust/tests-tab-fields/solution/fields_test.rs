use fields::{join, split};

fn owned(fields: &[&str]) -> Vec<String> {
    fields.iter().map(|field| field.to_string()).collect()
}

#[test]
fn both_directions() {
    let examples: [(&[&str], &str); 12] = [
        (&[], ""),
        (&[""], r"\e"),
        (&["", ""], "\\e\t\\e"),
        (&["a"], "a"),
        (&["a", "b c", "ä€😀"], "a\tb c\tä€😀"),
        (&["a", "", "b"], "a\t\\e\tb"),
        (&["a\tb"], r"a\tb"),
        (&["\n", "x\r\ny"], "\\n\tx\\r\\ny"),
        (&[r"c:\temp\new\r"], r"c:\\temp\\new\\r"),
        (&[r"\"], r"\\"),
        (&[r"\e", r"\\e"], "\\\\e\t\\\\\\\\e"),
        (&["\\\t\\n"], r"\\\t\\n"),
    ];
    for (fields, line) in examples {
        assert_eq!(join(fields), line);
        assert_eq!(split(line), Ok(owned(fields)), "{line:?}");
    }
}

#[test]
fn lines_that_are_never_written() {
    for (line, field) in [
        ("\t", 0),
        ("a\t", 1),
        ("\ta", 0),
        ("a\t\tb", 1),
        (r"\x", 0),
        (r"a\", 0),
        ("a\tb\\\tc", 1),
        (r"\\\", 0),
        (r"\E", 0),
        (r"\ea", 0),
        (r"a\e", 0),
        (r"\e\e", 0),
        (r"\e\t", 0),
        (r"\t\e", 0),
        ("a\nb", 0),
        ("a\tb\r", 1),
        ("\n", 0),
        ("a\tb\t\\q\t\\w\t", 2),
    ] {
        assert_eq!(split(line), Err(field), "{line:?}");
    }
}
