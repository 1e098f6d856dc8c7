"""In Rust: `#[test]` functions in a crate of their own, which uses the one that they test."""

from __future__ import annotations

from assay.authoring.tests_examples.form import TestsExample

_HEAD = "pub fn keep_between(numbers: &[i64], low: i64, high: i64) -> Result<Vec<i64>, String> {\n"
_TESTS = """\
use between::keep_between;

#[test]
fn both_bounds_are_included() {
    assert_eq!(keep_between(&[1, 2, 3, 4, 5], 2, 4), Ok(vec![2, 3, 4]));
}

#[test]
fn order_and_repetitions_stay() {
    assert_eq!(keep_between(&[5, -1, 3, 5, 0], 0, 5), Ok(vec![5, 3, 5, 0]));
}

#[test]
fn bounds_that_are_one() {
    assert_eq!(keep_between(&[6, 7, 8], 7, 7), Ok(vec![7]));
}

#[test]
fn nothing() {
    assert_eq!(keep_between(&[], 0, 1), Ok(vec![]));
    assert_eq!(keep_between(&[1, 9], 4, 6), Ok(vec![]));
}

#[test]
fn bounds_the_wrong_way_round() {
    assert!(keep_between(&[1, 2, 3], 3, 1).is_err());
}
"""
_REST = _TESTS.partition("}\n\n")[2]

RUST = TestsExample(
    entry="between_test.rs",
    tests=_TESTS,
    mutants={
        "one-example": (_REST, ""),
        "asserts-nothing": (_REST, "#[test]\nfn nothing() {\n    let _ = keep_between(&[], 0, 1);\n}\n"),
        "more-than-is-said": (
            "assert!(keep_between(&[1, 2, 3], 3, 1).is_err())",
            'assert_eq!(keep_between(&[1, 2, 3], 3, 1), Err("low is above high".to_string()))',
        ),
    },
    right={
        "a-loop": f"""{_HEAD}    if high < low {{
        return Err(format!("{{high}} is below {{low}}"));
    }}
    let mut kept = Vec::with_capacity(numbers.len());
    for number in numbers {{
        if *number < low || *number > high {{
            continue;
        }}
        kept.push(*number);
    }}
    Ok(kept)
}}
""",
        "by-clamping": f"""{_HEAD}    (low <= high)
        .then(|| {{
            let mut kept = numbers.to_vec();
            kept.retain(|number| low.max(high.min(*number)) == *number);
            kept
        }})
        .ok_or_else(|| "bounds the wrong way round".into())
}}
""",
    },
    wrong={
        "backwards": ("", "numbers.iter()", "numbers.iter().rev()"),
        "each-once": ("a-loop", "*number > high", "*number > high || kept.contains(number)"),
        "one-value-refused": ("by-clamping", "(low <= high)", "(low < high)"),
    },
)
