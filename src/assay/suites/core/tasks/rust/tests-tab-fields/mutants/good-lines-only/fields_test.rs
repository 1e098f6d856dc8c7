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
