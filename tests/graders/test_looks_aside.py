"""Which examples look aside, by their words: the honest are not taken for it."""

from __future__ import annotations

import pytest

from assay.formats.documented import Example
from assay.graders.example_jobs import Asked
from assay.graders.example_jobs.aside import looks_aside

ASIDE = [
    ("python", ">>> open('signs.py').read()"),
    ("python", ">>> pathlib.Path('/tmp/seen').mkdir()"),
    ("python", ">>> vars(__builtins__)['op' + 'en']"),
    ("python", ">>> absolute.__globals__['__buil' + 'tins__']['op' + 'en']('signs.py')"),
    ("python", ">>> getattr(absolute, '__co' + 'de__').co_code"),
    ("python", ">>> import dis\n>>> dis.dis(absolute)"),
    ("javascript", "assert.ok(Reflect.get(absolute, 'toStr' + 'ing'));"),
    ("javascript", "assert.ok(new Error().stack.length < 200);"),
    ("rust", 'assert_eq!(env!("PWD"), "/box");'),
    ("java", "assert Signs.class.getDeclaredMethods().length == 1;"),
    ("java", "assert MethodHandles.lookup() != null;"),
    ("cpp", '#include <fcntl.h>\nassert(open("signs.cpp", 0) > 0);'),
    ("cpp", "assert(std::source_location::current().line() == 3);"),
    ("javascript", "const files = require('f' + 's');"),
    ("javascript", "const all = globalThis['pro' + 'cess'];"),
    ("javascript", "const run = assert.constructor('return 1');"),
    ("typescript", "await import('f' + 's');"),
    ("go", 'import disk "os"'),
    ("rust", "use std::fs as disk;"),
    ("java", "System.getProperties().merge(text, 1, (a, b) -> b);"),
    ("java", 'System.setProperty("seen", "1");'),
    ("java", 'Integer.getInteger("seen");'),
    ("cpp", 'std::ofstream("seen") << 1;'),
    ("cpp", 'std::filesystem::exists("seen");'),
]
PLAIN = [
    ("python", ">>> absolute(-2)\n2\n>>> path.touched\nFalse"),
    ("javascript", "const { absolute } = require('./signs.js');\nassert.equal(new Sign().constructor.name, 'Sign');"),
    ("typescript", "import { absolute } from './signs';\nabsolute(-2); // => 2"),
    ("go", 'import (\n\t"fmt"\n\t"os"\n)\n\nfunc ExampleAbsolute() { fmt.Fprintln(os.Stdout, Absolute(-2)) }'),
    ("go", 'import "os"\n\nfunc ExampleAbsolute() { fmt.Fprintln(os.Stderr, Absolute(-2)) }'),
    ("rust", "use signs::absolute;\nassert_eq!(absolute(-2), 2);"),
    ("java", 'System.out.println(absolute(-2));\nassert "a".equals(System.lineSeparator() + "a");'),
    ("cpp", 'std::ostringstream out;\nout << absolute(-2);\nassert(out.str() == "2");'),
]


def asked(code: str) -> Asked:
    return Asked(entry="x", runs=(), keys=(), examples={"f": (Example(code=code),)}, answer={})


@pytest.mark.parametrize(("language", "code"), ASIDE)
def test_what_looks_aside(language: str, code: str) -> None:
    """At files, at the program, or for a place to keep word for the next run."""
    assert looks_aside(language, asked(code))


@pytest.mark.parametrize(("language", "code"), PLAIN)
def test_what_looks_ahead(language: str, code: str) -> None:
    """Plain examples."""
    assert not looks_aside(language, asked(code))
