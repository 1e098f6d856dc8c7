"""Nothing that a model writes makes the look at a shape raise, hang, or be slow."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_shapes import PATHS, SHOPS

from assay.formats.shapes.asked import Shape
from assay.formats.shapes.look import LARGEST, READERS, shape_fault

EVERYTHING: dict[str, Any] = {"most_lines": 3, "most_decisions": 2, "repeated": 4, "absent": {"x": ["y"]}}


def fault(language: str, text: str, **shape: Any) -> str:
    path = PATHS.get(language, "shop.py")
    asked = msgspec.convert({**EVERYTHING, **shape, "absent": {path: ["nowhere"]}}, Shape)
    return shape_fault(asked, {path: text}, language=language)


PIECES = ("x=>", "template<", '"', 'R"a(', "fn a(){", "if(a){b;c;d;e;}else ", "\ud800", "a;")


@pytest.mark.slow
@pytest.mark.parametrize("language", PATHS)
def test_much_of_one_thing(language: str) -> None:
    """64 KiB of what makes parsers go back and forth comes to an end, however confused."""
    for piece in PIECES:
        begun = time.monotonic()
        fault(language, (piece * (LARGEST // len(piece) + 1))[:LARGEST])
        assert time.monotonic() - begun < 60


NESTED = {
    "javascript": ("if (a) {", "}", "a{0} = {0};"),
    "typescript": ("if (a) ", "", "f({0});"),
    "go": ("if a {", "}", "a{0} = {0}\n"),
    "rust": ("if a {", "}", "a{0} = {0};"),
    "java": ("if (a) {", "}", "a{0} = {0};"),
    "cpp": ("for (;;) {", "}", "a{0} = {0};"),
}
AROUND = {
    "go": "package p\nfunc f() { {} }",
    "rust": "fn f() { {} }",
    "java": "class Shop { void f() { {} } }",
    "cpp": "void f() { {} }",
}


@pytest.mark.parametrize("language", PATHS)
def test_deep_blocks(language: str) -> None:
    """As deep as is looked at, and full: quick. Deeper: said."""
    begin, end, one = NESTED[language]

    def nested(depth: int) -> str:
        inner = "".join(one.format(n) for n in range(3000))
        return AROUND.get(language, "{}").replace("{}", begin * depth + inner + end * depth)

    begun = time.monotonic()
    assert fault(language, nested(150), most_lines=0, most_decisions=0) == ""
    assert time.monotonic() - begun < 10
    assert "more than 200 statements deep" in fault(language, nested(220))


@pytest.mark.parametrize("language", PATHS)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{(", "cannot be parsed: line 1"),
        ("\n\n)\n", "cannot be parsed: line 3"),
        ("x" * (LARGEST + 1), "more than 64 KiB"),
    ],
)
def test_what_cannot_be_read(language: str, text: str, said: str) -> None:
    """A file that is none of the language is of no shape, and the line is said."""
    assert said in fault(language, text)


HIDDEN = [
    ("python", "exec('def f(): pass')", "exec"),
    ("python", "f = compile('1', '', 'eval')", "compile"),
    ("python", "import builtins\nf = builtins.eval('lambda: 1')", "builtins"),
    ("python", "import builtins as b\nf = getattr(b, 'ev' + 'al')('lambda: 1')", "builtins"),
    ("python", "import sys\nf = vars(sys.modules['builtins'])['ev' + 'al']('1')", "builtins"),
    ("python", "f = __builtins__['ev' + 'al']('1')", "__builtins__"),
    ("python", "f = getattr(__import__('built' + 'ins'), 'ev' + 'al')('1')", "__import__"),
    ("python", "from importlib import import_module as get\nf = get('built' + 'ins')", "import_module"),
    ("python", "def g(): pass\nf = g.__globals__['__builtins__']", "__globals__"),
    ("python", "def f(): pass\nf.__code__ = f.__code__.replace(co_consts=(2,))", "__code__"),
    ("python", "import types\nf = types.FunctionType(compile('1', '', 'exec').co_consts[0], {})", "FunctionType"),
    ("javascript", "const f = new Function('return 1');", "Function"),
    ("javascript", "const f = (0, eval)('1');", "eval"),
    ("javascript", "const f = (() => 0).constructor('return 1');", "constructor"),
    ("javascript", "const { constructor: make } = () => 0;", "constructor"),
    ("javascript", "const { constructor } = () => 0;", "constructor"),
    ("javascript", "const make = (() => 0).constructor;", "constructor"),
    ("javascript", "const make = (() => 0)['constructor'];", "constructor"),
    ("javascript", "const f = globalThis['ev' + 'al']('1');", "globalThis"),
    ("javascript", "const f = (() => 0)['const' + 'ructor']('return 1');", "ructor"),
    ("javascript", "const f = (() => 0)[`constructor`]('return 1');", "constructor"),
    ("javascript", "const f = (() => 0)[`construc${'tor'}`]('return 1');", "construc"),
    ("javascript", r"const f = (() => 0)['\x63onstructor']('return 1');", r"\x63"),
    ("javascript", "const f = Reflect.get(() => 0, name)('return 1');", "Reflect"),
    ("javascript", "const { 'constructor': make } = () => 0;", "constructor"),
    ("javascript", "const { ['constructor']: make } = () => 0;", "constructor"),
    (
        "javascript",
        "import { f } from 'data:text/javascript,export const f = 1';",
        "data:text/javascript,export const f = 1",
    ),
    ("javascript", "require('node:vm').runInThisContext('1');", "runInThisContext"),
    ("typescript", "const run = Function;\nconst f = run('return 1');", "Function"),
    ("rust", "macro_rules! f { () => { fn g() {} } }\nf!();", "fn"),
    ("rust", "fn f() { keep! { let a = 1; a } }", "let"),
    ("rust", 'include!("rest.txt");', "include"),
    ("rust", '#[path = "rest.txt"]\nmod rest;', "path"),
    ("cpp", "#define F int f() { return 1; }\nint g();", "int f() { return 1; }"),
    ("cpp", "#define F(x) a(x); b(x)\nvoid g() { F(1); }", "a(x); b(x)"),
    ("cpp", '#include "rest.inc"\nint f();', "rest.inc"),
    ("cpp", "#define PICK(c, a, b) ((c) ? (a) : (b))\nint g();", "?"),
    ("cpp", "#define BOTH /* of them */ '\"' + a && b + '\"'\nint g();", "&&"),
    ("cpp", '#define WORDS R"(")" a || b\nint g();', 'R"'),
    ("rust", "macro_rules! pick { ($n:expr) => { match $n { 2 => 11, _ => 0 } }; }", "match"),
    ("rust", "macro_rules! until { ($b:block) => { loop $b }; }", "loop"),
    (
        "rust",
        "macro_rules! all { ($($n:expr)*) => { [$('\"' as u8 + if $n { 1 } else { 0 } + '\"' as u8),*] }; }",
        "if",
    ),
    ("java", "class A { int f(int n) { // \\u000a if (n > 1) return 2;\n return n; } }", r"\u000a"),
    ("java", 'class A { String s = "\\u0022 + f() + \\u0022"; }', r"\u0022"),
    ("javascript", "const f = ev\\u0061l('1');", r"ev\u0061l"),
]


@pytest.mark.parametrize(("language", "text", "what"), HIDDEN)
def test_code_that_nobody_can_look_at(language: str, text: str, what: str) -> None:
    """Text that is run, macros that hold statements and files of other kinds are of no shape."""
    assert f"{what} keeps code where nobody can look" in fault(language, text)


OPEN = [
    ("python", "import re\nf = re.compile('a')\nx = 'exec(1)'"),
    ("python", "from enum import Enum\nimport sys\nx = {'code': 1, 'exec': getattr(sys, 'argv')}"),
    ("javascript", "const seen = {}; seen[`config:${1}`] = seen['\\n'] ?? 'const ' + 'x' + 'struct';"),
    ("javascript", "class A { constructor() { this.kind = typeof f === 'function' && this.constructor.name; } }"),
    ("javascript", "class A { twin() { return new this.constructor(); } like(b) { return b.constructor === A; } }"),
    ("typescript", "export const f = (g: Function): string => 'eval';"),
    ("rust", 'struct A { include: bool, path: u8 }\nfn f() { println!("{}", vec![1; 2].len()); }'),
    ("rust", "macro_rules! twice { ($a:expr, $($b:tt)*) => { $a + twice!($($b)*) }; ($a:expr) => { 2 * $a }; }"),
    ("rust", 'macro_rules! say { ($a:expr) => { println!("if it is so: {}", $a) }; } // or for others in it'),
    ("java", r'class A { String s = "\\u000a \u00e9 \u0000"; }'),
    ("cpp", '#define SAY(x) puts("what if?" #x) // do so\nint f();'),
    ("cpp", '#pragma once\n#include <vector>\n#include "rest.hpp"\n#define MOST (10 + 1)\nint f();'),
]


@pytest.mark.parametrize(("language", "text"), OPEN)
def test_code_that_only_looks_like_it(language: str, text: str) -> None:
    """Names in texts and types, methods of the same names and plain constants keep nothing from being looked at."""
    assert "nobody can look" not in fault(language, text)


def test_arms_within_a_macro_decide() -> None:
    """What a macro of the language's own is given is told by its tokens, the last arm left out as elsewhere."""
    said = fault("rust", 'fn f(n: i32) { println!("{}", match n { 1 => 2, 2 => 3, 3 => 4, _ => 0 }); }', most_lines=9)
    assert "decides 3 times" in said


@settings(max_examples=60, deadline=None)
@given(language=st.sampled_from(sorted(PATHS)), data=st.data())
def test_pieces_of_code(language: str, data: st.DataObject) -> None:
    """Sources cut anywhere, mixed, and with strange characters in between."""
    shop = SHOPS[language]
    cut = st.integers(0, len(shop))
    pieces = st.lists(st.one_of(st.text(max_size=5), st.tuples(cut, cut).map(lambda ends: shop[slice(*sorted(ends))])))
    assert isinstance(fault(language, "".join(data.draw(pieces))), str)


@settings(max_examples=60, deadline=None)
@given(language=st.sampled_from(sorted(READERS)), text=st.text(max_size=40), within=st.text(max_size=3))
def test_any_signature(language: str, text: str, within: str) -> None:
    """What a task asks for may be any text; a fault comes back in words."""
    functions = [{"file": PATHS.get(language, "shop.py"), "signature": text, "within": within}]
    assert fault(language, "", functions=functions)
