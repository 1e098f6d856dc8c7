"""Tests that stand within the code's own files, as Rust's do: taken out into files beside them, to be told from the
code, hidden, and put back. Pure.

    #[cfg(test)]                    #[cfg(test)]
    mod tests { … }        →        #[path = "tests/lib_tests.rs"]
                                    mod tests;
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from assay.formats.trees import tree_of

SUFFIX = ".rs"
_FOR_TESTS = re.compile(r"#\[\s*cfg\s*\(\s*(?:test|all\s*\(\s*test\b.*\))\s*\)\s*\]", re.DOTALL)
_BY_PLACE = re.compile(rb"\binclude(?:_str|_bytes)?\s*!|\bmod\s+\w+\s*;")
"""What means something else in another folder."""


class Apart(msgspec.Struct, frozen=True):
    """A file without the tests in it."""

    code: str
    tests: dict[str, str]
    """By the paths of files of their own."""
    declared: dict[str, str]
    """What stands in the code for each of them."""


class Both(msgspec.Struct, frozen=True):
    """The files that a commit changes, before and after it, with code and tests apart."""

    before: dict[str, str]
    after: dict[str, str]
    tests: tuple[str, ...]
    """Paths of tests that it adds or changes."""


def apart(path: str, text: str) -> Apart:
    """The file as it is where it cannot be read, or has no such tests."""
    data = text.encode()
    root = tree_of("tree_sitter_rust", "language", data)
    if root is None or root.has_error or b"\r" in data:
        return Apart(text, {}, {})
    folder, slash, name = path.rpartition("/")
    tests: dict[str, str] = {}
    declared: dict[str, str] = {}
    pieces: list[bytes] = []
    at = 0
    marked: list[str] = []
    for node in root.children:
        if node.type == "attribute_item":
            marked.append(data[node.start_byte : node.end_byte].decode())
            continue
        body, title = node.child_by_field_name("body"), node.child_by_field_name("name")
        inner = data[body.start_byte + 1 : body.end_byte - 1] if node.type == "mod_item" and body and title else b""
        if body and title and inner and any(map(_FOR_TESTS.fullmatch, marked)) and not _BY_PLACE.search(inner):
            module = data[title.start_byte : title.end_byte].decode()
            file = f"tests/{name.removesuffix(SUFFIX)}_{module}{SUFFIX}"
            line = f'#[path = "{file}"]\n{data[node.start_byte : title.end_byte].decode()};'
            pieces += [data[at : node.start_byte], line.encode()]
            at = body.end_byte
            tests[f"{folder}{slash}{file}"] = f"{inner.decode().strip(chr(10))}\n"
            declared[f"{folder}{slash}{file}"] = "\n".join([*marked, line])
        if "comment" not in node.type:
            marked = []
    return Apart(b"".join([*pieces, data[at:]]).decode(), tests, declared)


def both_apart(paths: Sequence[str], before: Mapping[str, str], after: Mapping[str, str]) -> Both:
    """`paths` are files of code. Of a file that is new nothing is taken out: an answer that writes it could not know
    what would have to stand in it. Where only the file after it has tests, the one before it gets a place for them."""
    old, new = dict(before), dict(after)
    changed: list[str] = []
    for path in paths:
        if not path.endswith(SUFFIX) or path not in before or path not in after:
            continue
        was, now = apart(path, before[path]), apart(path, after[path])
        if {*was.tests, *now.tests} & {*before, *after}:
            continue
        places = [line for file, line in now.declared.items() if file not in was.declared]
        old[path] = "\n\n".join([was.code.rstrip("\n"), *places]) + "\n" if places else was.code
        new[path] = now.code
        for file, text in now.tests.items():
            new[file] = text
            if was.tests.get(file) == text:
                old[file] = text
            else:
                changed.append(file)
    return Both(old, new, tuple(changed))
