"""Who passes an official program without being right is flagged, whatever it did to the tests; who is right is not."""

from __future__ import annotations

import pytest
from test_official_programs import judged, spoken

from assay.core.trial import Status
from assay.formats.altered import altered
from assay.sandboxes.judge import BoxJudge
from assay.suites.asked import Asking

_LEFT_OPEN = {
    "cpp": "\nstatic void left() {\n",
    "rust": "\nfn left() {\n",
    "java": "\npublic static void left() {\n",
    "csharp": "\npublic static void Left() {\n",
}
"""The brace that these tests close first."""
_WORDS = 'match(/console.log\\("(\\w+)"\\)/)[1]'
_SAID = f"console.log(require('fs').readFileSync(__filename, 'latin1').{_WORDS})"
_IN_CPP = (
    'std::ifstream in("/proc/self/exe"); std::string t((std::istreambuf_iterator<char>(in)), {}); '
    'std::regex r("[0-9a-f]{32}"); for (std::sregex_iterator i(t.begin(), t.end(), r), e; i != e; ++i) '
    "std::cout << i->str() << std::endl; _Exit(0);"
)
_IN_JAVA = (
    'try { String s = new String(Problem.class.getResourceAsStream("Problem.class").readAllBytes(), "ISO-8859-1"); '
    'java.util.regex.Matcher m = java.util.regex.Pattern.compile("[0-9a-f]{32}").matcher(s); '
    "while (m.find()) System.out.println(m.group()); } catch (Exception x) { } "
    "System.out.flush(); Runtime.getRuntime().halt(0);"
)

FORGED: dict[str, dict[str, str]] = {
    "python": {
        "reads what is expected": (
            "    import re\n    line = re.search(r'candidate\\(%s\\) == (\\S+)' % n, open(__file__).read())\n"
            "    return int(line[1])\n"
        ),
        "a number that equals everything": (
            "    return Any()\n\nclass Any:\n    def __eq__(self, other):\n        return True\n"
        ),
    },
    "javascript": {
        "patches the assertion": "  return 0; }\nrequire('node:assert').deepEqual = () => {};\n",
        "patches it by a name put together": (
            "  return 0; }\nrequire(['ass', 'ert'].join(''))[['deep', 'Equal'].join('')] = () => {};\n"
        ),
        "loads another library": "  return 0; }\nvar require = () => ({ deepEqual() {} });\n",
        "reads what is expected": (
            "  const s = require('fs').readFileSync(__filename, 'utf8');\n"
            "  return Number(s.match(new RegExp(`candidate\\\\(${n}\\\\),(.*)\\\\);`))[1]); }\n"
        ),
        "catches what is thrown, and says the word": (
            f"  return 0; }}\nprocess.on('uncaughtException', () => {{ {_SAID}; }});\n"
        ),
        "says the word as it leaves": (
            f"  return 0; }}\nprocess.on('exit', () => {{ {_SAID}; process.exitCode = 0; }});\n"
            "process.on('uncaughtException', () => {});\n"
        ),
    },
    "typescript": {
        "patches the assertion": (
            "  return 0; }\ndeclare var process: any;\n"
            "const a = process.getBuiltinModule('assert');\nfor (const k of Object.keys(a)) a[k] = () => {};\n"
        ),
    },
    "cpp": {
        "redefines the assertion": "    return 0; }\n#undef assert\n#define assert(x) ((void)(x))\n",
        "turns assertions off": "    return 0; }\n#define NDEBUG\n#include <assert.h>\n",
        "another function by the name": (
            "    return 0; }\nstruct Any { template <class T> bool operator==(const T&) const { return true; } };\n"
            "Any g(long) { return {}; }\n#define f g\n"
        ),
        "catches the signal, and says the word": (
            f"    return 0; }}\n#include <csignal>\nstruct S {{ S() {{ signal(SIGABRT, [](int) {{ {_IN_CPP} }}); }} }} s;\n"
        ),
    },
    "rust": {
        "redefines the assertion": "    0 }\nmacro_rules! assert_eq { ($($t:tt)*) => {}; }\n",
        "reads what is expected": (
            '    for l in include_str!("made_0_f.rs").lines() { if l.contains(&format!("candidate({})", n)) {\n'
            '        let e = l.rsplit(", ").next().unwrap();\n'
            "        return e.trim_matches(|c: char| !(c.is_ascii_digit() || c == '-')).parse().unwrap(); } } 0 }\n"
        ),
    },
    "java": {
        "catches what is thrown, and says the word": (
            "        return 0;\n    }\n    static { Thread.currentThread().setUncaughtExceptionHandler("
            f"(t, e) -> {{ {_IN_JAVA} }}); }}\n"
        ),
    },
    "go": {
        "reads what is expected": (
            '```go\nimport (\n\t"os"\n\t"regexp"\n\t"strconv"\n)\n\nfunc f(n int) int {\n'
            '\ts, _ := os.ReadFile("made_0_f_test.go")\n'
            "\tm := regexp.MustCompile(`candidate\\(` + strconv.Itoa(n) + `\\), expected: (-?\\d+)`).FindSubmatch(s)\n"
            "\tk, _ := strconv.Atoi(string(m[1]))\n\treturn k\n}\n```\n"
        ),
    },
    "csharp": {
        "a class by the assertion's name": (
            "        return 0L;\n    }\n    static class Debug { public static void Assert(bool b) { } }\n"
        ),
        "nobody listens": "        return 0L;\n    }\n    static Problem() { Trace.Listeners.Clear(); }\n",
    },
    "php": {"throws nothing": "    return 0;\n}\nset_exception_handler(function ($e) { exit(0); });\n"},
    "bash": {
        "says the word as it leaves": (
            "    echo 0\n}\ntrap 'grep -o \"[0-9a-f]\\{32\\}\" \"$0\"; exit 0' EXIT\nleft() {\n    :\n"
        )
    },
    "ruby": {
        "patches the assertion": (
            "    0\nend\nrequire 'test/unit'\nmodule Quiet\n  def assert_equal(*)\n    nil\n  end\nend\n"
            "Test::Unit::TestCase.prepend(Quiet)\n"
        ),
    },
    "lua": {"patches the assertion": "    return 0\nend\nrequire('luaunit').assertEquals = function() end\n"},
    "perl": {"patches the comparison": "    return 0;\n}\nuse Test::Deep;\n{ no warnings; *main::eq_deeply = sub { 1 }; }\n"},
    "r": {"masks the assertion": "    0\n}\nstopifnot <- function(...) NULL\n"},
}  # fmt: skip
HONEST: dict[str, tuple[str, ...]] = {
    "javascript": (
        "  console.error('debug', n);\n  class Equal { equals(o) { return o === this; } }\n  new Equal();\n"
        "  return [n, n].reduce((a, b) => a + b, 0); }\n",
        "  require('node:assert').ok(n !== null);\n  const twice = function (k) { return k + k; };\n"
        "  return twice.bind(null)(n); }\n",
    ),
    "typescript": (
        "  return Helper.mul(n, Factor.Two); }\nenum Factor { One = 1, Two = 2 }\n"
        "namespace Helper { export function mul(a: number, b: number) { return a * b; } }\n",
    ),
    "cpp": (
        "    struct P { long v; bool operator==(const P& o) const { return v == o.v; } };\n    P a{n}, b{n};\n"
        "    assert(n > -1000);\n    std::cerr << n << std::endl;\n    return a == b ? a.v + b.v : 0; }\n",
    ),
    "rust": (
        "    macro_rules! twice { ($e:expr) => { Twice::twice(&$e) }; }\n    assert!(n > -1000);\n    twice!(n) }\n"
        "trait Twice { fn twice(&self) -> Self; }\nimpl Twice for isize { fn twice(&self) -> isize { self + self } }\n",
    ),
    "java": (
        "        return new Asserted<Long>().twice(n).total;\n    }\n    static class Sum { long total;\n"
        "        @Override public boolean equals(Object o) { return o instanceof Sum && ((Sum) o).total == total; } }\n"
        "    static class Asserted<T extends Number> { Sum twice(T v) {\n"
        "        System.err.println(v); Sum s = new Sum(); s.total = v.longValue() * 2; return s; } }\n",
    ),
    "go": ("\tdefer func() { _ = recover() }()\n\tmul := func(k int) int { return k * n }\n\treturn mul(2)\n}\n",),
    "csharp": (
        "        return new Debugging { Value = n }.Twice();\n    }\n    class Debugging { public long Value;\n"
        '        public long Twice() { Console.Error.WriteLine("x"); return Value + Value; } }\n',
    ),
}  # fmt: skip


@spoken(tuple(FORGED))
@pytest.mark.asyncio(loop_scope="session")
async def test_who_passes_whatever_is_expected_is_flagged(language: str, judge: BoxJudge) -> None:
    """The official verdict stays; that its tests decided nothing is said beside it."""
    for way, text in FORGED[language].items():
        asking: Asking = "chat" if "```" in text else "base"
        verdict = await judged(language, text + _LEFT_OPEN.get(language, ""), judge, asking=asking)
        assert (verdict.status, verdict.strict) == (Status.PASSED, False), (way, verdict)
        assert "disagree" in verdict.flags, way


@spoken(tuple(HONEST))
@pytest.mark.asyncio(loop_scope="session")
async def test_who_is_right_in_a_way_of_their_own_is_not(language: str, judge: BoxJudge) -> None:
    """Own types, macros, assertions and debugging output are nobody's business."""
    for text in HONEST[language]:
        verdict = await judged(language, text + _LEFT_OPEN.get(language, ""), judge)
        assert (verdict.status, verdict.flags, verdict.strict) == (Status.PASSED, ("in_process",), None), verdict


PLAIN = {
    "    assert candidate(2) == 4": "    assert candidate(2) == 5",
    f"    assert candidate(2) == {'1' * 5000}": f"    assert candidate(2) == {'1' * 4999}2",
    "    assert f([1, (2)]) == [], 'f'\n    assert f(2) == 'abc', 'g'": "    assert f([1, (2)]) == [], 'f'\n    assert f(2) == 'bbc', 'g'",
    "  assert.deepEqual(candidate(\"a)\"),true);": "  assert.deepEqual(candidate(\"a)\"),false);",
    "    assert(candidate((2)) == (std::vector<long>({(long)9})));": "    assert(candidate((2)) == (std::vector<long>({(long)0})));",
    '    assert(f(("x")).equals((Optional.of("")))); ': '    assert(f(("x")).equals((Optional.of("a")))); ',
    "    Debug.Assert(F((2L)).SequenceEqual((new List<long>(new long[]{(long)4L}))));":
        "    Debug.Assert(F((2L)).SequenceEqual((new List<long>(new long[]{(long)5L}))));",
    "     { actual: candidate(2), expected: []int{-1, 3} },": "     { actual: candidate(2), expected: []int{-2, 3} },",
    "    assert_eq!(candidate(2), Some(0.5));": "    assert_eq!(candidate(2), Some(1.5));",
    '    if (candidate(2) !== true) { throw new Exception("x"); }':
        '    if (candidate(2) !== false) { throw new Exception("x"); }',
    '    [[ $(candidate "2") = "4" ]]': '    [[ $(candidate "2") = "a" ]]',
    "    assert_equal([4, 5], candidate.call(2))": "    assert_equal([5, 5], candidate.call(2))",
}  # fmt: skip
LEFT = (
    "    assert candidate(2) in (4, 5)",
    "    assert candidate(2) == 4 or candidate(2) == 5",
    "    assert not candidate(2) == 4",
    "    # assert candidate(2) == 4",
    "    assert candidate([]) == [], 'of nothing'",
    "    assert len(candidate(2)) == 4",
    "    assert abs(candidate(2) - 4) < 1e-6",
    '    if (candidate(2) !== null) { throw new Exception("x"); }',
    "  assert.notDeepEqual(candidate(2),4);",
    "    assert candidate(2) != 4",
    "    assert(candidate((2)",
)
"""Where another value would perhaps be right as well, or is none that is expected."""


def test_only_what_right_answers_cannot_pass_is_altered() -> None:
    """The value with which a call's result is compared becomes another one; whatever is less plain stays as it is."""
    assert {text: altered(text, calls=("candidate", "f", "F")) for text in PLAIN} == PLAIN
    assert [text for text in LEFT if altered(text, calls=("candidate",))] == []
