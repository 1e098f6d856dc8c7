"""What the judge's parts do without a box: logs, signatures, versions."""

from __future__ import annotations

import pytest

from assay.sandboxes.logs import readable
from assay.sandboxes.toolchains import LANGUAGES, find
from assay.sandboxes.toolchains.signatures import cpp, rust, split


def test_a_fingerprint_names_the_tools_version() -> None:
    """Each language here says its version; each absent one what to install."""
    for language in LANGUAGES:
        found = find(language)
        if isinstance(found, str):
            assert "install" in found or "start" in found
        else:
            assert any(letter.isdigit() for letter in found.version)


def test_logs_are_bounded_and_have_no_voice() -> None:
    """Long text is cut in the middle; control characters and text that turns round are spelt out."""
    said = readable(b"\x1b[2Jred\x07 \xe2\x80\xaegpj.exe \xff\n", b"second\r\n")
    assert said == "\\u001b[2Jred\\u0007 \\u202egpj.exe \ufffd\nsecond"
    long = readable(b"a" * 50_000 + b"end")
    assert len(long) < 20_000
    assert "bytes cut" in long
    assert long.endswith("end")


@pytest.mark.parametrize(
    ("text", "owner", "name", "types"),
    [
        ("std::string join(const std::vector<std::string>& parts, char by)", "", "join",
         ("const std::vector<std::string>&", "char")),
        ("Counter(int start)", "Counter", "Counter", ("int",)),
        ("Counter::Counter(int start = 3)", "Counter", "Counter", ("int",)),
        ("int Counter::get() const", "Counter", "get", ()),
        ("void f(unsigned long, std::map<int, std::pair<int, int>> m);", "", "f",
         ("unsigned long", "std::map<int, std::pair<int, int>>")),
        ("unsigned long long f(const int&n)", "", "f", ("const int&",)),
    ],
)  # fmt: skip
def test_cpp_signatures_are_taken_apart(text: str, owner: str, name: str, types: tuple[str, ...]) -> None:
    """Owner, name and parameter types, with or without the parameters' names."""
    found = cpp(text)
    assert found is not None
    assert (found.owner, found.name, found.types) == (owner, name, types)


@pytest.mark.parametrize(
    ("text", "owner", "name", "types", "returns"),
    [
        ("pub fn add(a: i32, b: &str) -> Option<i64>", "", "add", ("i32", "&str"), "Option<i64>"),
        ("Cache::get(&mut self, key: &str) -> Option<&i64>", "Cache", "get", ("&str",), "Option<&i64>"),
        ("fn f<'a>(m: HashMap<String, (i32, i32)>)", "", "f", ("HashMap<String, (i32, i32)>",), ""),
    ],
)
def test_rust_signatures_are_taken_apart(
    text: str, owner: str, name: str, types: tuple[str, ...], returns: str
) -> None:
    """Owner, name, parameter types without self, and what comes back."""
    found = rust(text)
    assert found is not None
    assert (found.owner, found.name, found.types, found.returns) == (owner, name, types, returns)


def test_lists_are_cut_outside_brackets() -> None:
    """A comma within brackets, or after an arrow, is no border."""
    assert split("a<b, c>, fn(x) -> y, [d; 2]") == ["a<b, c>", "fn(x) -> y", "[d; 2]"]
