"""Documented files in every language beside Python: names, comments, examples, and the code without them."""

from __future__ import annotations

import contextlib
import time

import pytest

from assay.formats.documented import LANGUAGES, Example, reader_of
from assay.formats.documented.arrows import Piece, pieces
from assay.formats.documented.blocks import doxygen, javadoc, jsdoc, rustdoc

OTHERS = [language for language in LANGUAGES if language != "python"]

NAMES = {
    "javascript": (
        "/** F. */\nexport async function f() {}\nexport const g = () => 1, K = 2;\nfunction h() {}\n"
        "export class C {\n  /** M. */\n  m() {}\n  get size() { return 1; }\n  set size(x) {}\n  #p() {}\n  _q() {}\n"
        "  constructor() {}\n  static s() {}\n}\n/* no */\nexport { h as i };\n",
        ("f", "g", "C.m", "C.size", "C.s"),
        {"f": "F.", "C.m": "M.", "g": ""},
    ),
    "typescript": (
        "export interface I { a: 1 }\n/** T. */\nexport type T = 1;\n/** F\n *   indented\n */\nexport function f(): T { return 1; }\n"
        "export abstract class C {\n  private p() {}\n  protected q() {}\n  public m() {}\n}\n",
        ("f", "C.m"),
        {"f": "F\n  indented", "I": "", "T": "T.", "C": ""},
    ),
    "go": (
        "package p\n\n// F is.\n//\n//\tcode\nfunc F[T any](x T) {}\n\nfunc g() {}\n\n// T is.\ntype T struct{}\n\n"
        "func (t *T) M() {}\nfunc (T) n() {}\n\ntype L[E any] struct{}\n\n// Of.\nfunc (l L[E]) Of() {}\n",
        ("F", "T.M", "L.Of"),
        {"F": "F is.\n\n\tcode", "T": "T is.", "T.M": "", "L.Of": "Of."},
    ),
    "rust": (
        "//! Crate.\n/// F.\n#[must_use]\npub fn f() {}\nfn g() {}\npub(crate) fn h() {}\n/** S. */\n#[derive(Debug)]\npub struct S<T>(T);\n"
        "impl<T> S<T> {\n    pub fn new() {}\n    /// M.\n    pub fn m(&self) {}\n    fn n() {}\n}\n"
        "impl<T> std::fmt::Display for S<T> { fn fmt(&self) {} }\n",
        ("f", "S.m"),
        {"f": "F.", "S": "S.", "S.new": "", "S.m": "M."},
    ),
    "java": (
        "package p;\n/** A. */\npublic class A {\n  /** F. */\n  public static int f(int x) { return 1; }\n"
        "  /** F two. */\n  public static int f(long x) { return 1; }\n  private void g() {}\n"
        "  @Override public String toString() { return \"\"; }\n  public A() {}\n"
        "  public record R(int a) { /** Z. */ public int z() { return a; } }\n}\nclass B { public void m() {} }\n",
        ("f", "R.z"),
        {"A": "A.", "f": "F.\n\nF two.", "R.z": "Z.", "R": "", "B.m": ""},
    ),
    "cpp": (
        "#pragma once\n#include <vector>\n/// F.\n/// @code\n/// f();\n/// @endcode\ntemplate <class T>\nstd::vector<T> f(const T& a);\n"
        "namespace n {\nnamespace { int h(); }\nstatic int s() { return 1; }\n//! K.\nclass K {\n  int p();\n public:\n  K();\n  ~K();\n"
        "  /// M.\n  int& m(int) const;\n  bool operator==(const K&) const = default;\n private:\n  int z();\n};\ninline int* ptr() { return 0; }\n}\n",
        ("f", "K.m", "ptr"),
        {"f": "F.\n@code\nf();\n@endcode", "K": "K.", "K.m": "M."},
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
def test_names_and_what_is_said_of_them(language: str) -> None:
    """Public functions and methods are told from what is no one's business, each with the comment above it."""
    text, public, docs = NAMES[language]
    read = reader_of(language).read(text)
    assert read.public == public
    assert {name: read.docs[name].strip() for name in docs} == docs


CODE = {
    "javascript": ("const s = `a ${1} // b` + '/* c */'; // d\nx = a / b / c; /* e */ y = /f/;\n", "// b", "// B"),
    "typescript": ("const s: string = `a // b`; // d\n/** e */ type T = { a?: 1 };\n", "// b", "// B"),
    "go": ("package p\n\n// c\nvar s = `a\n// b` /* d */\nvar r = '/'\n", "// b", "// B"),
    "rust": ("/// c\nfn f<'a>(x: &'a str) { let s = r#\"a // \"b\"#; /* d /* e */ f */ let c = '/'; }\n", '// "b', '// "B'),
    "java": ("/** c */\nclass A { String s = \"a // b\"; char c = '/'; /* d */ String t = \"\"\"\n  // f\n\"\"\"; }\n", "// b", "// B"),
    "cpp": ("/// c\nauto s = R\"x(a // b)x\"; /* d */ int n = 1'000; char c = '/'; // e\n", "// b", "// B"),
}  # fmt: skip
COMMENTS = (
    "// d\n",
    "// e\n",
    "/* c */ ",
    "/* d */",
    "/* e */",
    "/** c */\n",
    "/** e */",
    "/// c\n",
    "// c\n",
    "/* d /* e */ f */",
)


@pytest.mark.parametrize("language", OTHERS)
def test_code_is_what_is_left_without_comments(language: str) -> None:
    """Comments and layout may change; what only looks like a comment, in a string, may not."""
    text, old, new = CODE[language]
    bare = text
    for comment in COMMENTS:
        if comment != "/* c */ ":
            bare = bare.replace(comment, "\n")
    assert bare != text
    code = reader_of(language).read(text).code
    assert reader_of(language).read(bare).code == code
    assert reader_of(language).read(text.replace("; ", ";\n")).code == code
    assert reader_of(language).read(text.replace(old, new)).code != code


BLOCKS = [
    (jsdoc, "Says.\n@param x\n@example\nf(1)\n  g()\n\n@returns y\n@example f(2)\n", ["f(1)\n  g()", "f(2)"]),
    (jsdoc, "@example <caption>One</caption>\nf(1)\n@example\n", ["f(1)"]),
    (jsdoc, "@example Title\n```ts\nf(1)\n@dec\n```\nText.\n```\ng()\n```", ["f(1)\n@dec", "g()"]),
    (javadoc, "A <pre>{@code\n  f(1);\n  if (x) { g(); }\n}</pre> b <pre> {@code f(2); }</pre> <pre>{@code open", ["f(1);\nif (x) { g(); }", "f(2);"]),
    (doxygen, "@code\nf(1);\n@endcode\n\\code{.cpp}\n f(2);\n\\endcode @endcode @code x", ["f(1);", "f(2);"]),
    (rustdoc, "A\n```\nf();\n# g();\n#[test]\n```\n```no_run\nx\n```\n~~~rust,edition2021\ny\n~~~\n```text\nz\n```\n````\n```\n````\n```", ["f();\n g();\n#[test]", "y", "```"]),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "text", "codes"), BLOCKS, ids=range(len(BLOCKS)))
def test_examples_in_a_comment(blocks: object, text: str, codes: list[str]) -> None:
    """They are found by the marks of their language; one without an end is none."""
    assert [one.code.strip() for one in blocks(text)] == codes  # type: ignore[operator]


def test_rust_examples_that_must_panic() -> None:
    """The word behind the fence says so."""
    assert list(rustdoc("```should_panic\nf();\n```")) == [Example("f();", panics=True)]


GO = "package p\n\n// F is.\nfunc F() {}\n\n// T is.\ntype T struct{}\n\n// M is.\nfunc (T) M() {}\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "func ExampleF() { F()\n// Output: a\n// b\n}\nfunc ExampleF_two() {\nF()\n// text\n// unordered output:\n//  c\n//\n// d\n}\n"
            "func ExampleT_M() { T{}.M()\n// Output:\n}\n",
            {
                "F": (Example("ExampleF", prints="a\nb"), Example("ExampleF_two", prints="c\n\nd", unordered=True)),
                "T.M": (Example("ExampleT_M", prints=""),),
            },
        ),
        (
            "func ExampleF() { F() }\nfunc ExampleT_M() { T{}.M()\n// Output:\n}",
            "holds no ExampleF that uses F and says",
        ),
        ("func ExampleF_Two() { F()\n// Output: 1\n}", "holds no ExampleF"),
        ('func ExampleF() { G("F()")\n// Output: 1\n}', "holds no ExampleF"),
        ("func ExampleF() {", "example_test.go: it cannot be parsed: line"),
    ],
    ids=range(5),
)
def test_go_examples(text: str, found: dict[str, tuple[Example, ...]] | str) -> None:
    """They are told by their names, and by the comment at their end; the rest of the file is free."""
    answer = {"p.go": GO, "example_test.go": f"package p\n\n{text}"}
    reader = reader_of("go")
    if isinstance(found, str):
        with pytest.raises(ValueError, match=found):
            reader.examples(answer, "p.go", ("F", "T.M"))
    else:
        assert reader.examples(answer, "p.go", ("F", "T.M")) == found


def test_go_documentation_that_is_missing() -> None:
    """A doc comment is owed as well, and the package must be the same."""
    reader, example = reader_of("go"), "package p\nfunc ExampleF() { F()\n// Output:\n}"
    with pytest.raises(ValueError, match="F has no doc comment"):
        reader.examples({"p.go": "package p\nfunc F() {}\n", "example_test.go": example}, "p.go", ("F",))
    with pytest.raises(ValueError, match=r"example_test\.go: its package is not p"):
        reader.examples({"p.go": GO, "example_test.go": example.replace("package p", "package q")}, "p.go", ("F",))


REMARKS = [
    ("javascript", "f(1); // => 2", [Piece("f(1)", value="2")]),
    ("javascript", "f(1)\n// => 'a // b'", [Piece("f(1)", value="'a // b'")]),
    ("javascript", "const a = f(1); // => 2\ng(a);", [Piece("const a = f(1)", value="2", variable="a"), Piece("g(a);")]),
    ("javascript", "a();\nf(\n  '// => no',\n  [1]\n); // => [\"x\"]", [Piece("a();"), Piece("f(\n  '// => no',\n  [1]\n)", value='["x"]')]),
    ("javascript", "f()\n  .then(g)\n  .map(h); // => 1", [Piece("f()\n  .then(g)\n  .map(h)", value="1")]),
    ("javascript", "f(); g(); // => 1", [Piece("f(); "), Piece("g()", value="1")]),
    ("javascript", "f(-1); // throws RangeError: below", [Piece("f(-1)", throws="RangeError")]),
    ("javascript", "f(-1); // => throws", [Piece("f(-1)", throws="")]),
    ("javascript", "if (x) {\n  f(`a\nb`); // => 1\n}", [Piece("if (x) {\n  "), Piece("f(`a\nb`)", value="1"), Piece("}")]),
    ("javascript", "f(1) // two => three", [Piece("f(1) // two => three")]),
    ("java", "List<int[]> a = f(); // => g()\na.b = 1; // => 1", [Piece("List<int[]> a = f()", value="g()", variable="a"), Piece("a.b = 1", value="1")]),
    ("cpp", "f(1); // => 2\nf(-1); // throws std::out_of_range", [Piece("f(1); // => 2\n"), Piece("f(-1)", throws="std::out_of_range")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "code", "parts"), REMARKS, ids=range(len(REMARKS)))
def test_what_remarks_say(language: str, code: str, parts: list[Piece]) -> None:
    """A remark belongs to the whole statement before it, over as many lines as that takes."""
    assert [(one.code.strip(), one.value, one.throws, one.variable) for one in pieces(language, code)] == [
        (one.code.strip(), one.value, one.throws, one.variable) for one in parts
    ]


@pytest.mark.parametrize("code", ["// => 1", "f(1); // => 1\n// => 2", "\n\n// throws X\n"], ids=range(3))
def test_remarks_on_nothing(code: str) -> None:
    """They are a fault in words."""
    with pytest.raises(ValueError, match="stands behind no statement of its own"):
        pieces("javascript", code)


def test_remarks_on_several_variables() -> None:
    """Which of them is meant cannot be told."""
    with pytest.raises(ValueError, match="declares no single variable"):
        pieces("javascript", "const { a, b } = f(1); // => 2")


PIECES = [
    "(",
    "{",
    "/*",
    "`${",
    '"',
    "// => \n",
    "<",
    "a ? b : ",
    "\0\ud800",
    "#if 1\n",
    "r#",
    "f(1); // => 2\n",
    "```\n",
]
HOSTILE = [piece * (5_000 // len(piece)) for piece in PIECES] + [
    "/**\n" * 15_000,
    "x" * 70_000,
    "/** @example\n" * 4_000,
    "9" * 5_000,
    "a" + "[0]" * 20_000,
    "else" * 10_000,
]


@pytest.mark.parametrize("language", OTHERS)
def test_hostile_files(language: str) -> None:
    """Whatever a file holds, it is read in a moment, or refused in words."""
    for text in HOSTILE:
        started = time.process_time()
        for what in (text, f"/**\n{text}\n*/\n"):
            try:
                reader_of(language).read(what)
            except ValueError as error:
                assert "cannot be parsed" in str(error) or "more than 64 KiB" in str(error)
        with contextlib.suppress(ValueError):
            pieces(language, text)
        for blocks in (jsdoc, javadoc, doxygen, rustdoc):
            list(blocks(text))
        assert time.process_time() - started < 10, text[:20]
