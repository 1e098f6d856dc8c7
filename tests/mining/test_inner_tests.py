"""Tests within Rust's own files, taken out into files beside them."""

from __future__ import annotations

import pytest

from assay.authoring.mining.inner_tests import apart, both_apart

CODE = "pub fn f() -> u32 { 1 }\n"
TESTS = (
    '    use super::*;\n    #[test]\n    fn one() { let _ = ("}", r#"}"#, \'}\'); /* } */ assert_eq!(f(), 1); } // }\n'
)
INNER = f"#[cfg(test)]\nmod tests {{\n{TESTS}}}\n"
OUTER = '#[cfg(test)]\n#[path = "tests/lib_tests.rs"]\nmod tests;\n'


@pytest.mark.parametrize(
    ("text", "code", "tests"),
    [
        (CODE + INNER, CODE + OUTER, {"src/tests/lib_tests.rs": TESTS}),
        (INNER + CODE, OUTER + CODE, {"src/tests/lib_tests.rs": TESTS}),
        (
            CODE + "#[cfg(all(test, unix))]\n// why\n#[allow(dead_code)]\nmod checks { fn x() {} }\n",
            CODE
            + '#[cfg(all(test, unix))]\n// why\n#[allow(dead_code)]\n#[path = "tests/lib_checks.rs"]\nmod checks;\n',
            {"src/tests/lib_checks.rs": " fn x() {} \n"},
        ),
    ],
)
def test_what_is_only_for_tests_gets_a_file_of_its_own(text: str, code: str, tests: dict[str, str]) -> None:
    """Braces in texts and comments close nothing; all else of the file stays as it is."""
    found = apart("src/lib.rs", text)
    assert (found.code, found.tests) == (code, tests)


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        "#[cfg(test)]\nmod tests;\n",
        "#[cfg(not(test))]\nmod plain { pub fn x() {} }\n",
        "mod plain { pub fn x() {} }\n",
        '#[cfg(test)]\nmod tests { const X: &str = include_str!("x"); }\n',
        "#[cfg(test)]\nmod tests { mod inner; }\n",
        "#[cfg(test)]\nmod tests { fn x( }\n",
        "/*" * 50,
        INNER.replace("\n", "\r\n"),
        "",
    ],
)
def test_what_cannot_be_taken_out_stays(text: str) -> None:
    """What is named by its place, what does not parse, and what is no test."""
    found = apart("src/lib.rs", text)
    assert (found.code, found.tests) == (text, {})


def test_tests_that_a_fix_brings_have_a_place_before_it() -> None:
    """An answer could not know of it; one that stays as it was is no hidden test."""
    mended = CODE.replace("1", "2")
    found = both_apart(["src/lib.rs"], {"src/lib.rs": CODE}, {"src/lib.rs": mended + INNER})
    assert found.before == {"src/lib.rs": f"{CODE}\n{OUTER}"}
    assert found.tests == ("src/tests/lib_tests.rs",)
    assert found.after["src/tests/lib_tests.rs"] == TESTS
    same = both_apart(["src/lib.rs"], {"src/lib.rs": CODE + INNER}, {"src/lib.rs": mended + INNER})
    assert same.tests == ()
    assert same.before["src/tests/lib_tests.rs"] == TESTS
    new = both_apart(["src/new.rs"], {}, {"src/new.rs": CODE + INNER})
    assert (new.after, new.tests) == ({"src/new.rs": CODE + INNER}, ())
