"""Small git repositories whose last commit mends something, in each language and with each runner."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

MESSAGE = """Splitting loses the rest (#7)

`split(5, 2)` gives two parts of 2. See https://example.org/7.

diff --git a/money b/money
--- a/money
+++ b/money
@@ -1 +1 @@
-the fix given away
+the fix given away

Signed-off-by: Somebody <somebody@example.org>
"""

_ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "somebody@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}

_PYTHON = """def split(total, parts):
    return [total // parts] * parts


def name(text):
    return text
"""
_PYTHON_MENDED = """def split(total, parts):
    rest = total % parts
    return [total // parts + (n < rest) for n in range(parts)]


def name(text):
    return text.strip()
"""
_UNITTEST = """import unittest

from money import name, split


class Money(unittest.TestCase):
    def test_even(self):
        print("some words")
        self.assertEqual(split(4, 2), [2, 2])
"""
_RUST_PARTS = """pub fn split(total: u32, parts: u32) -> Vec<u32> {{ {body} }}

#[cfg(test)]
mod tests {{
    use super::*;

    #[test]
    fn even() {{
        assert_eq!(split(4, 2), vec![2, 2]);
    }}
{more}}}
"""
_NODE = """import test from 'node:test';
import assert from 'node:assert';
import { split } from '../split.js';

test('even', () => assert.deepEqual(split(4, 2), [2, 2]));
"""
_JEST = """const { split } = require('./split.js');

describe('parts', () => {
  test('even', () => { console.log('words'); expect(split(4, 2)).toEqual([2, 2]); });
});
"""
_VITEST = """import { expect, test } from 'vitest';
import { split } from '../src/split';

test('even', () => { expect(split(4, 2)).toEqual([2, 2]); });
"""
_FLOORED = "(total, parts) => Array(parts).fill(Math.floor(total / parts));\n"
_SPREAD = (
    "(total, parts) =>\n"
    "  Array.from({ length: parts }, (_, n) => Math.floor(total / parts) + (n < total % parts ? 1 : 0));\n"
)
_TYPED = "(total: number, parts: number): number[]"
_GO = """package money

import "testing"

func TestEven(t *testing.T) {
\tif Split(4, 2)[1] != 2 {
\t\tt.Fatal("no")
\t}
}
"""

Tree = Mapping[str, str]

HISTORIES: dict[str, tuple[Tree, Tree]] = {
    "pytest": (
        {
            "src/money.py": _PYTHON,
            "src/version.py": "VERSION = 1\n",
            "tests/test_money.py": "from money import split\n\n\ndef test_even():\n    assert split(4, 2) == [2, 2]\n",
            "tests/test_other.py": "import money\n\n\ndef test_other():\n    assert money\n",
            "LICENSE": "Permission is hereby granted, free of charge, to any person\n",
        },
        {
            "src/money.py": _PYTHON_MENDED,
            "src/version.py": "VERSION = 2\n",
            "tests/test_money.py": (
                "from money import name, split\n\n\ndef test_even():\n    assert split(4, 2) == [2, 2]\n\n\n"
                "def test_rest():\n    assert split(5, 2) == [3, 2]\n\n\ndef test_name():\n    assert name(' a') == 'a'\n"
            ),
            "CHANGES.md": "Mended.\n",
        },
    ),
    "unittest": (
        {"money.py": _PYTHON, "test_money.py": _UNITTEST},
        {
            "money.py": _PYTHON_MENDED,
            "test_money.py": f"{_UNITTEST}\n    def test_rest(self):\n        self.assertEqual(split(5, 2), [3, 2])\n",
        },
    ),
    "javascript": (
        {
            "package.json": '{"type": "module"}\n',
            "split.js": f"export const split = {_FLOORED}",
            "test/split.test.js": _NODE,
        },
        {
            "split.js": f"export const split = {_SPREAD}",
            "test/split.test.js": f"{_NODE}test('rest', () => assert.deepEqual(split(5, 2), [3, 2]));\n",
        },
    ),
    "jest": (
        {
            "package.json": '{"devDependencies": {"jest": "^29"}}\n',
            "split.js": f"exports.split = {_FLOORED}",
            "split.test.js": _JEST,
        },
        {
            "split.js": f"exports.split = {_SPREAD}",
            "split.test.js": f"{_JEST}test('rest', () => expect(split(5, 2)).toEqual([3, 2]));\n",
        },
    ),
    "vitest": (
        {
            "package.json": '{"type": "module", "devDependencies": {"vitest": "^3"}}\n',
            "vitest.config.ts": "import { defineConfig } from 'vitest/config';\n\nexport default defineConfig({});\n",
            "src/split.ts": f"export const split = {_FLOORED.replace('(total, parts)', _TYPED)}",
            "test/split.test.ts": _VITEST,
        },
        {
            "src/split.ts": f"export const split = {_SPREAD.replace('(total, parts)', _TYPED)}",
            "test/split.test.ts": f"{_VITEST}test('rest', () => {{ expect(split(5, 2)).toEqual([3, 2]); }});\n",
        },
    ),
    "go": (
        {
            "go.mod": "module money\n\ngo 1.18\n",
            "money.go": (
                "package money\n\nfunc Split(total, parts int) []int {\n\tmade := make([]int, parts)\n"
                "\tfor n := range made {\n\t\tmade[n] = total / parts\n\t}\n\treturn made\n}\n"
            ),
            "money_test.go": _GO,
        },
        {
            "money.go": (
                "package money\n\nfunc Split(total, parts int) []int {\n\tmade := make([]int, parts)\n"
                "\tfor n := range made {\n\t\tmade[n] = (total + parts - 1 - n) / parts\n\t}\n\treturn made\n}\n"
            ),
            "money_test.go": f"{_GO}\nfunc TestRest(t *testing.T) {{\n\tif Split(5, 2)[0] != 3 {{\n\t\tt.Fatal(0)\n\t}}\n}}\n",
        },
    ),
    "rust": (
        {
            "Cargo.toml": '[package]\nname = "money"\nversion = "0.1.0"\nedition = "2021"\n',
            "src/lib.rs": "pub fn split(total: u32, parts: u32) -> Vec<u32> { vec![total / parts; parts as usize] }\n",
            "tests/split.rs": "#[test]\nfn even() {\n    assert_eq!(money::split(4, 2), vec![2, 2]);\n}\n",
        },
        {
            "src/lib.rs": (
                "pub fn split(total: u32, parts: u32) -> Vec<u32> {\n"
                "    (0..parts).map(|n| total / parts + u32::from(n < total % parts)).collect()\n}\n"
            ),
            "tests/split.rs": (
                "#[test]\nfn even() {\n    assert_eq!(money::split(4, 2), vec![2, 2]);\n}\n\n"
                "#[test]\nfn rest() {\n    assert_eq!(money::split(5, 2), vec![3, 2]);\n}\n"
            ),
        },
    ),
    "rust-inside": (
        {
            "Cargo.toml": '[package]\nname = "money"\nversion = "0.1.0"\nedition = "2021"\n',
            "src/lib.rs": "mod parts;\npub use parts::split;\n",
            "src/parts.rs": _RUST_PARTS.format(body="vec![total / parts; parts as usize]", more=""),
        },
        {
            "src/parts.rs": _RUST_PARTS.format(
                body="(0..parts).map(|n| total / parts + u32::from(n < total % parts)).collect()",
                more='\n    #[test]\n    fn rest() {\n        assert_eq!(split(5, 2), vec![3, 1 + "{".len() as u32]);\n    }\n',
            ),
        },
    ),
}


def git(folder: Path, *words: str, stdin: str = "") -> str:
    done = subprocess.run(["git", *words], cwd=folder, env=_ENVIRONMENT, input=stdin, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, files: Tree, message: str) -> str:
    """Writes the files, commits all there is, and gives the commit's name."""
    if not (folder / ".git").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        git(folder, "init", "-q")
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--no-verify", "-F", "-", stdin=message)
    return git(folder, "rev-parse", "HEAD")


def write_history(folder: Path, name: str) -> str:
    """The repository of that name: a beginning, and the commit that mends it, whose name comes back."""
    before, after = HISTORIES[name]
    commit(folder, before, "Begin")
    return commit(folder, after, MESSAGE)
