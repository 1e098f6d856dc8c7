"""The shape of sources in the languages that a grammar reads: what is met, what is said, and what is counted."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from assay.formats.shapes.asked import Shape
from assay.formats.shapes.look import READERS, reader, shape_fault

PATHS = {
    "javascript": "shop.js",
    "typescript": "shop.ts",
    "go": "shop.go",
    "rust": "shop.rs",
    "java": "Shop.java",
    "cpp": "shop.cpp",
}

SHOPS = {
    "javascript": """\
const RATE = 3;

/** A cart. */
class Cart {
  static async total(lines, { rounded = true } = {}) {
    return lines;
  }
}

function first(a, b = 'x') {
  // of both
  if (a && b || RATE) {

    return a ?? b;
  }
  for (const item of a) log(item);
  return undefined;
}

const second = (c) => {
  for (const thing of c) log(thing);
  return undefined;
};

export { Cart, first };
""",
    "typescript": """\
export type Line = { price: number };

export class Cart {
  private total(lines: Line[], tax?: number): number {
    return lines.length;
  }
}

export async function first(a: string[], b = "x", ...rest: string[]): Promise<void> {
  for (const item of a) log(item);
  if (a.length > 1 ? a : a) return;
}

export const second = <T>(c: T[]): void => {
  for (const thing of c) log(thing);
  if (c.length > 1 ? c : c) return;
};
""",
    "go": """\
package shop

type Cart struct{ lines []int }

// Total is the sum.
func (c *Cart) Total(tax, rest int, more ...string) (sum int, err error) {
\tif tax > 0 && rest > 0 {
\t\treturn 0, nil
\t} else if tax < 0 {
\t\treturn 1, nil
\t}

\tswitch tax {
\tcase 1, 2:
\t\trest++
\tdefault:
\t}
\treturn tax, nil
}

func First[T any](items []T) []T {
\tkept := items[:0]
\tfor _, item := range items {
\t\tkept = append(kept, item)
\t}
\treturn kept
}

func second(things []string) []string {
\tall := things[:0]
\tfor _, thing := range things {
\t\tall = append(all, thing)
\t}
\treturn all
}
""",
    "rust": """\
use std::fmt;

pub struct Cart<T> {
    lines: Vec<T>,
}

impl<T> Cart<T> {
    /// The sum.
    pub(crate) fn total(&self, taxes: &[u32]) -> Result<u32, fmt::Error> {
        let Some(tax) = taxes.first() else {
            return Ok(0);
        };
        match tax {
            0 if taxes.len() > 1 => Ok(1),
            1 | 2 => Ok(*tax),
            _ => self.more(|x| x > 0 || x < -1),
        }
    }
}

pub fn first<'a>(items: &'a [String], limit: usize) -> Vec<&'a str> {
    let mut kept = Vec::new();
    for item in items {
        kept.push(item.as_str());
    }
    kept
}

fn second(names: &[String]) -> Vec<&str> {
    let mut all = Vec::new();
    for name in names {
        all.push(name.as_str());
    }
    all
}
""",
    "java": """\
import java.util.List;

public class Shop {
    record Line(String name, int price) {}

    /** The sum. */
    @Deprecated
    public static <T> int total(final List<java.util.Map<String, T>> lines, int... more) throws java.io.IOException {
        // of all
        for (int one : more) if (one > 0 && one < 9) return one;

        return switch (more.length) {
            case 1, 2 -> 1;
            default -> lines.isEmpty() ? 0 : 3;
        };
    }

    static void first(List<String> items) {
        for (String item : items) {
            log(item);
        }
        log("end");
    }

    static void second(List<String> things) {
        for (String thing : things) {
            log(thing);
        }
        log("end");
    }
}
""",
    "cpp": """\
#include "shop.hpp"

namespace shop {

// The sum.
int Cart::total(const std::vector<int>& lines, char* name) const {
    if (lines.empty() or name == nullptr) {
        return 0;
    }

    switch (lines.size()) {
        case 1:
            return lines.front();
        default:
            return std::ranges::count_if(lines, [&](int x) { return x > 0 ? true : false; });
    }
}

static std::vector<int> first(const std::vector<int>& items) {
    std::vector<int> kept;
    for (int item : items) kept.push_back(item);
    return kept;
}

auto second(std::vector<int> const& things) -> std::vector<int> {
    std::vector<int> all;
    for (int thing : things) all.push_back(thing);
    return all;
}

}  // namespace shop
""",
}


def fault(language: str, shape: dict[str, Any], text: str | None = None, path: str = "") -> str:
    files = {path or PATHS[language]: SHOPS[language] if text is None else text, "notes.txt": "("}
    return shape_fault(msgspec.convert(shape, Shape), files, language=language)


def head(language: str, signature: str, within: str = "") -> dict[str, Any]:
    return {"functions": [{"file": PATHS[language], "signature": signature, "within": within}]}


def test_every_language_of_the_suite_has_a_reader() -> None:
    """Nothing is left out, and each can say how it counts."""
    assert {"python", *PATHS} == set(READERS)
    for language in READERS:
        words = reader(language).words
        assert words.decisions and words.uncounted and reader(language).read_head(words.head, "").name


# --- signatures -------------------------------------------------------------------------------------------------

MET = [
    ("javascript", "function first(a, b = \"x\")", ""),
    ("javascript", "export function first(a, b = 'x')", ""),
    ("javascript", "function second(c)", ""),
    ("javascript", "static async total(lines, {rounded = true,} = {})", "Cart"),
    ("javascript", "async total(lines, { rounded = true } = {})", "Cart"),
    ("typescript", "export async function first(a: string[], b = 'x', ...rest: string[]): Promise<void>", ""),
    ("typescript", "async function first(a, b = 'x', ...rest)", ""),
    ("typescript", "export function second(c: T[])", ""),
    ("typescript", "total(lines: Line[], tax?: number)", "Cart"),
    ("typescript", "private total(lines, tax?)", "Cart"),
    ("go", "func (cart *Cart) Total(a int, b int, c ...string) (int, error)", ""),
    ("go", "func First[T any](x []T) []T", ""),
    ("rust", "pub fn total(&self, t: &[u32]) -> Result<u32, std::fmt::Error>", "Cart"),
    ("rust", "fn total(&self, t: &[u32]) -> Result<u32, Error>", "Cart"),
    ("rust", "pub fn first<'a>(items: &'a [String], most: usize) -> Vec<&'a str>", ""),
    ("java", "static <T> int total(List<Map<String, T>> l, int... m)", ""),
    ("java", "public static <T> int total(java.util.List<Map<String, T>> l, int... m) throws IOException", "Shop"),
    ("cpp", "int total(std::vector<int> const& l, char *n) const", "Cart"),
    ("cpp", "int total(const vector<int> &, char*)", "Cart"),
    ("cpp", "std::vector<int> first(const std::vector<int>& x)", ""),
    ("cpp", "std::vector<int> second(const std::vector<int>& x)", ""),
]  # fmt: skip


@pytest.mark.parametrize(("language", "signature", "within"), MET)
def test_a_signature_that_is_there(language: str, signature: str, within: str) -> None:
    """What matters is alike, and what does not may be written otherwise."""
    assert fault(language, head(language, signature, within)) == ""


OTHER = [
    ("javascript", "function first(b, a = 'x')", "", "first in shop.js is not function first(b, a = 'x')"),
    ("javascript", "function first(a, b)", "", "first in shop.js is not"),
    ("javascript", "async function first(a, b = 'x')", "", "first in shop.js is not"),
    ("javascript", "export function second(c)", "", "second in shop.js is not"),
    ("javascript", "function total(lines, { rounded = true } = {})", "", "shop.js defines no total"),
    ("javascript", "total(lines)", "Shop", "shop.js defines no Shop.total"),
    ("javascript", "total(lines, { rounded = true } = {})", "Cart", "Cart.total in shop.js is not"),
    ("typescript", "function second(c: T)", "", "second in shop.ts is not"),
    ("typescript", "total(lines, tax)", "Cart", "Cart.total in shop.ts is not"),
    ("typescript", "public total(lines, tax?)", "Cart", "Cart.total in shop.ts is not"),
    ("go", "func (c Cart) Total(a, b int, c ...string) (int, error)", "", "Cart.Total in shop.go is not"),
    ("go", "func (c *Cart) Total(a, b int, c []string) (int, error)", "", "Cart.Total in shop.go is not"),
    ("go", "func (c *Cart) Total(a, b int, c ...string) int", "", "Cart.Total in shop.go is not"),
    ("go", "func Total(a, b int, c ...string) (int, error)", "", "shop.go defines no Total"),
    ("go", "func Second(things []string) []string", "", "shop.go defines no Second"),
    ("rust", "fn total(&mut self, t: &[u32]) -> Result<u32, Error>", "Cart", "Cart.total in shop.rs is not"),
    ("rust", "fn total(&self, t: Vec<u32>) -> Result<u32, Error>", "Cart", "Cart.total in shop.rs is not"),
    ("rust", "pub fn second(names: &[String]) -> Vec<&str>", "", "second in shop.rs is not"),
    ("rust", "fn total(&self, t: &[u32]) -> Result<u32, Error>", "", "shop.rs defines no total"),
    ("java", "private static void first(List<String> items)", "", "first in Shop.java is not"),
    ("java", "static void first(Collection<String> items)", "", "first in Shop.java is not"),
    ("java", "static void third(List<String> items)", "", "Shop.java defines no third"),
    ("java", "static void first(List<String> items)", "Line", "Shop.java defines no Line.first"),
    ("cpp", "int total(std::vector<int> l, char* n) const", "Cart", "Cart.total in shop.cpp is not"),
    ("cpp", "int total(const std::vector<int>& l, char* n)", "", "shop.cpp defines no total"),
    ("cpp", "static std::vector<int> second(const std::vector<int>& x)", "", "second in shop.cpp is not"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "signature", "within", "said"), OTHER)
def test_a_signature_that_is_otherwise(language: str, signature: str, within: str, said: str) -> None:
    """What is wanted, and where it was looked for."""
    assert said in fault(language, head(language, signature, within))


@pytest.mark.parametrize("language", PATHS)
def test_the_file_counts(language: str) -> None:
    """A function that stands in another file is not where it should be."""
    ours = {"javascript": "function first(a, b = 'x')", "typescript": "async function first(a, b = 'x', ...rest)"}
    signature = ours.get(language, reader(language).words.head)
    other = f"other{PATHS[language][4:]}"
    files = {PATHS[language]: SHOPS[language], other: "package shop\n" if language == "go" else ""}
    shape = msgspec.convert({"functions": [{"file": other, "signature": signature}]}, Shape)
    assert f"{other} defines no" in shape_fault(shape, files, language=language)
    del files[other]
    assert shape_fault(shape, files, language=language) == f"there is no {other}"


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("shop.cpp", "int first(int a);", "shop.cpp defines no first"),
        ("shop.hpp", "int first(int a);", ""),
        ("shop.hpp", "struct Shop { int first(int a); };", "shop.hpp defines no first"),
        ("shop.cpp", "int first(int a) { return a; } int first(long a) { return 1; }", ""),
        ("shop.cpp", "int first(int* a) { return 1; }", "first in shop.cpp is not"),
        ("shop.cpp", "int& first(int a) { return a; }", "first in shop.cpp is not"),
    ],
)
def test_headers_and_overloads(path: str, text: str, said: str) -> None:
    """In C++ a declaration is enough in a header only, and one of several functions of a name may be the right one."""
    shape = {"functions": [{"file": path, "signature": "int first(int a)"}]}
    assert fault("cpp", shape, text, path).startswith(said)
    assert bool(fault("cpp", shape, text, path)) == bool(said)


@pytest.mark.parametrize("language", READERS)
@pytest.mark.parametrize(
    "text", ["", "first", "first(", "def f(: x)", "}{", "\0", "x = 1", "function f() {} function g()"]
)
def test_what_is_no_head(language: str, text: str) -> None:
    """A slip of the task's author is said with an example of the language."""
    with pytest.raises(ValueError, match="is no head of a function, like "):
        reader(language).read_head(text, "")


def test_go_says_what_a_method_belongs_to() -> None:
    """The receiver is in the head, so there is nothing more to say."""
    with pytest.raises(ValueError, match="“within” is not needed"):
        reader("go").read_head("func (c *Cart) Total() int", "Cart")


# --- names, lengths, decisions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "name", "line"),
    [
        ("javascript", "thing", 21),
        ("javascript", "rounded", 5),
        ("typescript", "Line", 1),
        ("typescript", "void", 9),
        ("go", "Total", 6),
        ("go", "append", 24),
        ("rust", "push", 24),
        ("rust", "u32", 9),
        ("java", "Deprecated", 7),
        ("java", "switch", 12),
        ("cpp", "count_if", 15),
        ("cpp", "nullptr", 7),
    ],
)
def test_a_name_that_still_stands(language: str, name: str, line: int) -> None:
    """Names of any kind, types and words of the language, with the first line."""
    path = PATHS[language]
    assert fault(language, {"absent": {path: [name]}}) == f"{name} still stands in {path}, line {line}"


@pytest.mark.parametrize("language", PATHS)
def test_names_in_comments_and_texts_are_none(language: str) -> None:
    """Neither is a part of a name."""
    names = ["sum", "cart", "end", "both", "irst", "shop_hpp", "A"]
    assert fault(language, {"absent": {PATHS[language]: names if language != "go" else names[1:]}}) == ""


@pytest.mark.parametrize(
    ("language", "name", "lines", "decisions"),
    [
        ("javascript", "first", 7, 5),
        ("typescript", "first", 4, 3),
        ("go", "Total", 13, 4),
        ("rust", "total", 10, 5),
        ("java", "total", 7, 5),
        ("cpp", "Cart::total", 11, 4),
    ],
)
def test_lengths_and_decisions(language: str, name: str, lines: int, decisions: int) -> None:
    """The largest function of each shop: a limit that is just met, and one that is not."""
    path = PATHS[language]
    assert fault(language, {"most_lines": lines, "most_decisions": decisions}) == ""
    assert fault(language, {"most_lines": lines - 1}) == f"{name} in {path} has {lines} lines, more than {lines - 1}"
    said = f"{name} in {path} decides {decisions} times, more than {decisions - 1}"
    assert fault(language, {"most_decisions": decisions - 1}) == said


COUNTED = [
    ("javascript", "if (a) b(); else if (c) d(); else e();", 2),
    ("javascript", "switch (a) { case 1: case 2: b(); break; default: c(); }", 2),
    ("javascript", "a ||= b; c &&= d; e ??= f; g?.h;", 3),
    ("javascript", "try { a(); } catch { b(); } do { c(); } while (d); for (;;) {} for (const e in f) {}", 4),
    ("typescript", "type A = B extends C ? D : E; let a = b as any; a = b!; return a ? b : c;", 1),
    ("go", "switch a := b.(type) { case int: c() }\nselect { case <-d: default: }\nfor { if a || b { } }", 5),
    ("rust", "if let Some(a) = b { } else if c { } while d { } loop { } for e in f { } g()?;", 5),
    ("rust", 'println!("{}", if a && b { 1 } else { 2 }); matches!(c, D | E);', 2),
    ("rust", "match a { Some(b) if b > 1 => 1, None => 2, _ => 3 };", 3),
    ("java", "switch (a) { case 1: case 2: b(); default: c(); } d = e ? f : g; h.forEach(i -> { if (i) j(); });", 4),
    ("java", "try { a(); } catch (B | C d) { e(); } finally { f(); } while (g) h(); do { i(); } while (j || k);", 4),
    ("cpp", "if constexpr (a) b(); for (auto&& c : d) { } try { e(); } catch (...) { } f = g && h and i;", 5),
    ("cpp", "using A = int&&; a = b & c | d; switch (e) { case 1: case 2: f(); default: g(); }", 2),
]  # fmt: skip
AROUND = {
    "go": "package p\nfunc f() {{\n{}\n}}\n",
    "rust": "fn f() {{ {} }}",
    "java": "class Shop {{ void f() {{ {} }} }}",
    "cpp": "void f() {{ {} }}",
}


@pytest.mark.parametrize(("language", "body", "decisions"), COUNTED)
def test_what_decides(language: str, body: str, decisions: int) -> None:
    """Each language's own ways."""
    text = AROUND.get(language, "function f() {{ {} }}").format(body)
    assert fault(language, {"most_decisions": max(decisions, 1)}, text) == ""
    assert (
        f"decides {decisions} times" in fault(language, {"most_decisions": decisions - 1 or 1000}, text)
        or decisions < 2
    )


# --- repetitions ------------------------------------------------------------------------------------------------

TWICE = {
    "javascript": "function f(a) {{ {0} }}\nfunction g(b) {{ {1} }}",
    "typescript": "class Shop {{ f(a) {{ {0} }} g(b) {{ {1} }} }}",
    "go": "package p\nfunc f(a int) {{\n{0}\n}}\nfunc g(b int) {{\n{1}\n}}",
    "rust": "fn f(a: i64) {{ {0} }}\nimpl Shop {{ fn g(b: i64) {{ {1} }} }}",
    "java": "class Shop {{ Shop(int a) {{ {0} }} Runnable g = () -> {{ {1} }}; }}",
    "cpp": "void f(int a) {{ {0} }}\nauto g = [](int b) {{ {1} }};",
}
BODIES = {
    "javascript": "if (a > 1) {{ log(a.up, 1); }}\n return a;",
    "typescript": "if (a > 1) log(a.up, 1);\n return a;",
    "go": "if a > 1 {{ log(a.up, 1) }}\n return a",
    "rust": "if a > 1 {{ log(a.up, 1); }}\n a",
    "java": "if (a > 1) log(a.up, 1);\n return a;",
    "cpp": "if (a > 1) {{ log(a.up, 1); }}\n return a;",
}


@pytest.mark.parametrize("language", PATHS)
def test_statements_that_stand_twice(language: str) -> None:
    """Three statements, one inside another; only what variables are called may differ for them to be the same."""
    path = PATHS[language]
    body = BODIES[language].format()
    other = body.replace("a", "b")

    def found(second: str, fewest: int = 3) -> str:
        return fault(language, {"repeated": fewest}, TWICE[language].format(body, second))

    assert f"and {path}, line" in found(other)
    assert "say the same" in found(f"// of all\n{other}")
    assert found(other, 4) == ""
    for old, new in (("log(", "tell("), (".up", ".down"), (", 1", ", 2"), ("b > 1", "b < 1"), ("b > 1", "LIMIT > 1")):
        assert old in other
        assert found(other.replace(old, new)) == ""


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("go", "x := Line{name: a}\nlog(x)", "x := Line{size: a}\nlog(x)"),
        ("rust", "let x = Line { name: a }; log(x);", "let x = Line { size: a }; log(x);"),
        ("javascript", "const x = { name: a }; log(x);", "const x = { size: a }; log(x);"),
        ("javascript", "const { name } = a; log(name);", "const { size } = a; log(size);"),
        ("java", "this.up = a; log(this.up);", "this.down = a; log(this.down);"),
        ("cpp", "Line x{.name = a}; log(x);", "Line x{.size = a}; log(x);"),
        ("cpp", "up::log(a); end();", "down::log(a); end();"),
    ],
)
def test_names_of_fields_tell_statements_apart(language: str, one: str, other: str) -> None:
    """They are no variables, wherever they stand."""
    assert "say the same" in fault(language, {"repeated": 2}, TWICE[language].format(one, one))
    assert fault(language, {"repeated": 2}, TWICE[language].format(one, other)) == ""


@pytest.mark.parametrize("language", PATHS)
def test_the_shops_repeat_themselves(language: str) -> None:
    """`first` and `second` say the same."""
    lines = {"javascript": (16, 21), "typescript": (10, 15), "go": (22, 30), "rust": (22, 30), "java": (19, 26)}
    one, other = lines.get(language, (20, 26))
    path = PATHS[language]
    assert fault(language, {"repeated": 3}) == f"{path}, line {one}, and {path}, line {other}, say the same"


# --- today's syntax ---------------------------------------------------------------------------------------------

TODAY = [
    ("javascript", "class A { #a = 1; static { this.b = 2; } get #c() { return this.#a ?? 1_000n; } static async *d() { yield* e; } }"),
    ("javascript", "import a, { b as c } from 'd'; export * as e from 'f'; const { g = 1, ...h } = await i(); label: for await (const j of k) continue label;"),
    ("javascript", "const a = `b${`c${d}`}`; const e = /[/\\]]+/giu; f?.[g]?.(h); i ** j; ({ [k]: l, async *m() {} }); export default class {}"),
    ("typescript", "const a = { b: 1 } as const satisfies C; function d<const T extends readonly unknown[]>(e: T): asserts e is T {} enum F { G = 'h' }"),
    ("typescript", "type A<T> = { readonly [K in keyof T as `get${K & string}`]?: T[K] }; abstract class B { abstract c(): void; declare d: string; override e() {} }"),
    ("typescript", "function a(this: B, c: string): void; function a(this: B, c: any) {} let d: [e: string, f?: number, ...g: boolean[]]; import type { H } from './h'; namespace I { export const j = 1; }"),
    ("go", "package p\nimport (\n\"fmt\"\n)\ntype A[T ~int | ~string] struct{ B *T `json:\"b\"` }\nfunc (a *A[T]) C() { for i := range 10 { defer func() { recover() }(); go fmt.Println(i) } }\nvar d = [...]int{1: 2}\nvar e = map[string]func(int) error{\"f\": nil}"),
    ("go", "package p\nfunc f() {\nouter:\n\tfor k, v := range m {\n\t\tswitch x := v.(type) {\n\t\tcase nil:\n\t\t\tcontinue outer\n\t\tcase []byte, string:\n\t\t\tfallthrough\n\t\tdefault:\n\t\t\t_ = x\n\t\t}\n\t}\n\tclear(m)\n\ta := min(1, 0x_ff, 0b1, 1e3)\n}"),
    ("rust", "async fn a<'b, const N: usize>(c: impl Fn(&'b str) -> [u8; N] + Send) -> impl Iterator<Item = u8> { let d = async move { 1 }; d.await }"),
    ("rust", "macro_rules! a { ($b:expr, $($c:tt)*) => { $b + a!($($c)*) }; }\n#[derive(Debug, Clone)]\nenum B { C { d: u8 }, E(u8) }\nfn f(x: &B) { if let B::C { d: 1..=5, .. } | B::E(6) = x { } let g @ [first, .., last] = h else { panic!(r#\"i\"#) }; 'a: loop { break 'a; } }"),
    ("rust", "impl<T: ?Sized> A for Box<T> where for<'b> T: B<'b> { type C = u8; const D: &'static [u8] = b\"e\\x00\"; unsafe extern \"C\" fn f() { let g = |&(ref h, _)| -> u8 { 1 }; let i = 1_u8 as char; } }"),
    ("java", "sealed interface A permits B, C {} record B(int d) implements A { B { if (d < 0) throw new E(); } static int f() { return 1; } } final class C implements A { String g = \"\"\"\n  h \"i\"\n  \"\"\"; }"),
    ("java", "class A<T extends Comparable<? super T> & B> { int c(Object d) { if (d instanceof String e && !e.isEmpty()) { var f = new int[][] {{1}, {}}; } return switch (d.hashCode()) { case 1 -> { yield 2; } default -> throw new G(); }; } }"),
    ("java", "enum A { B(1) { @Override int c() { return 1; } }, D; A(int... e) {} A() { this(2); } synchronized int c() { try (var f = g(); h) { i::j; } finally {} outer: for (;;) break outer; } }".replace("i::j;", "K l = i::j;")),
    ("cpp", "template <typename T> concept A = requires(T b) { { b.c() } -> std::same_as<int>; };\ntemplate <A T> requires std::integral<T> constexpr auto d(T&& e) noexcept -> decltype(auto) { return std::forward<T>(e); }"),
    ("cpp", "struct A { int b{1}; auto operator<=>(const A&) const = default; explicit(true) operator bool() const { return true; } friend std::ostream& operator<<(std::ostream& c, const A& d); virtual ~A() = default; };"),
    ("cpp", "enum class A : std::uint8_t { B = 1, C };\nint main() { using enum A; auto [d, e] = f(); if (auto g = h(); g > 1) [[likely]] {} for (int i = 0; auto& j : k) {} auto l = []<typename T>(T m) mutable { return 1'000; }; A n{.o = 1}; return R\"(x)\"[0]; }"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), TODAY, ids=[f"{row[0]}-{n}" for n, row in enumerate(TODAY)])
def test_syntax_of_today_is_read(language: str, text: str) -> None:
    """What compilers of today take is no fault of the shape."""
    assert fault(language, {"most_lines": 99, "most_decisions": 99, "repeated": 99}, text) == ""
