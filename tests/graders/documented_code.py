"""The same two names in each language, with examples of them that are good, false, idle, missing or dishonest."""

from __future__ import annotations

import msgspec

from assay.core.task import Ask, Extract, Limits, Task


class Code(msgspec.Struct, frozen=True):
    """One language's code, with `ABSOLUTE` and `OF` where the documentation of its names belongs."""

    entry: str
    code: str
    of: str
    """The other name, as the task has it."""
    right: tuple[str, str]
    """What is replaced in the code, and what does the same."""
    wrong: dict[str, tuple[tuple[str, str], ...]]
    form: str
    """A comment, with `SHOWN` where examples belong."""
    margin: str
    good: tuple[str, ...]
    """Examples of the first name, each a way to write one that tells."""
    false: str
    idle: str
    elsewhere: str
    """An example that calls something else."""
    leaves: str
    """An example that leaves with the code CODE, calling the name before it could."""
    of_good: str
    named: str = "absolute"
    examples: str = ""
    """A second file, with `SHOWN` and `OF_SHOWN`."""

    def comment(self, shown: str) -> str:
        lines = "".join(f"{self.margin}{line}".rstrip() + "\n" for line in shown.split("\n") if shown)
        return self.form.replace("SHOWN", lines)

    def bare(self, *replaced: tuple[str, str]) -> str:
        text = self.code
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        return "".join(line for line in text.splitlines(keepends=True) if line.strip() not in ("ABSOLUTE", "OF"))

    def answer(self, shown: str, of_shown: str | None = None) -> dict[str, str]:
        """The documented files."""
        of = self.of_good if of_shown is None else of_shown
        told = ("", "") if self.examples else (shown, of)
        files = {
            self.entry: self.code.replace("ABSOLUTE\n", self.comment(told[0])).replace("OF\n", self.comment(told[1]))
        }
        if self.examples:
            files["example_test.go"] = self.examples.replace("OF_SHOWN", of).replace("SHOWN", shown)
        return files

    def task(self, language: str) -> Task:
        """What is asked."""
        wrong: dict[str, dict[str, str]] = {}
        for name, ways in self.wrong.items():
            wrong[name] = {f"way-{number}": self.bare(way) for number, way in enumerate(ways)}
        return Task(
            id=f"{language}/d",
            language=language,
            ask=Ask(),
            extract=Extract(path=self.entry),
            files={self.entry: self.bare()},
            grading={
                "judge": "examples",
                "entry": self.entry,
                "right": {"other": self.bare(self.right)},
                "wrong": wrong,
            },
            limits=Limits(cpu=5, wall=30),
        )


_SCRIPT = {
    "form": "/** What it is.\nSHOWN */\n",
    "margin": " * ",
    "of": "Sign.of",
    "right": ("x < 0 ? -x : x", "Math.max(x, -x)"),
    "wrong": {"absolute": (("-x : x", "x : x"), ("x < 0 ?", "x <= -9 ?")), "Sign.of": (("x > 0", "x >= 0"), ("x > 0", "true"))},
    "good": (
        "@example\nabsolute(-2) // => 2\nabsolute(-3);\n// => 3",
        "@example <caption>Below</caption>\nconst far = absolute(\n  -2,\n); // => 2\nfar + 1; // => 3",
        "@example\n```js\nassert.equal(absolute(-2), 2);\n```\n@returns a number",
        "Text.\n@example absolute(-2); // => 2\n@example\n[absolute(-2), { a: [absolute(3)] }]; // => [2, { a: [3] }]",
        "@example\nawait Promise.all([1, 2].map(async (x) => absolute(-x))); // => [1, 2]",
        "@example\nimport { absolute } from './signs';\nabsolute(-2); // => 2",
        "@example\nnew Sign().check(0); // throws RangeError: zero\nabsolute(-2); // => 2",
    ),
    "false": "@example\nabsolute(-2); // => 3",
    "idle": "@example\nabsolute(2); // => 2",
    "elsewhere": "@example\nMath.abs(-2); // => 2\n'absolute(1)'; // => 'absolute(1)'",
    "leaves": "@example\nabsolute(1); process.exit(CODE);",
    "of_good": "@example\nnew Sign().of(0); // => false",
}  # fmt: skip

CODES = {
    "javascript": msgspec.convert(
        {
            **_SCRIPT,
            "good": (
                *_SCRIPT["good"],
                "@example\nconst { absolute: far } = require('./signs.js');\nfar(-2); // => absolute(2)\nabsolute(-3); // => 3",
                "@example\nconst { a } = new Sign().check(0); // throws RangeError\nabsolute(-2); // => 2",
            ),
            "entry": "signs.js",
            "code": (
                "ABSOLUTE\nfunction absolute(x) {\n  return x < 0 ? -x : x; // from `0`\n}\n\nclass Sign {\nOF\n"
                "  of(x) {\n    return x > 0;\n  }\n"
                "  check(x) {\n    if (!x) throw new RangeError('zero');\n    return /\\/\\/ no comment/.test(x);\n  }\n}\n\n"
                "module.exports = { absolute, Sign };\n"
            ),
        },
        Code,
    ),
    "typescript": msgspec.convert(
        {
            **_SCRIPT,
            "entry": "signs.ts",
            "code": (
                "ABSOLUTE\nexport const absolute = (x: number): number => x < 0 ? -x : x;\n\nexport interface Known { a: 1 }\n"
                "export class Sign {\nOF\n  of(x: number): boolean {\n    return x > 0;\n  }\n"
                "  check(x: number): void {\n    if (!x) throw new RangeError('zero');\n  }\n}\n"
            ),
        },
        Code,
    ),
    "go": Code(
        entry="signs.go",
        code=(
            "package signs\n\nABSOLUTE\nfunc Absolute(x int) int {\n\tif x < 0 { // below\n\t\treturn -x\n\t}\n\treturn x\n}\n\n"
            "// Sign is one.\ntype Sign struct{}\n\nOF\nfunc (s *Sign) Of(x int) bool { return x > 0 }\n"
        ),
        of="Sign.Of",
        right=("if x < 0 { // below\n\t\treturn -x\n\t}\n\treturn x", "return max(x, -x)"),
        wrong={"Absolute": (("return -x", "return x"), ("x < 0", "x < -9")), "Sign.Of": (("x > 0", "x >= 0"), ("x > 0", "x == x"))},
        form="// It says so.\n",
        margin="",
        good=(
            "fmt.Println(Absolute(-2))\n\t// Output: 2",
            "fmt.Println(Absolute(-2))\n\tfmt.Println(\" b\")\n\n\t// Output:\n\t// 2\n\t//  b",
            "for _, x := range []int{-3, 2} {\n\t\tfmt.Println(Absolute(x))\n\t}\n\t// Unordered output:\n\t// 2\n\t// 3",
        ),
        false="fmt.Println(Absolute(-2))\n\t// Output: 3",
        idle="fmt.Println(Absolute(2))\n\t// Output: 2",
        elsewhere="fmt.Println(max(-2, 2), \"Absolute(1)\")\n\t// Output: 2 Absolute(1)",
        leaves="fmt.Println(Absolute(2))\n\tos.Exit(CODE)\n\t// Output: 2",
        of_good="fmt.Println(new(Sign).Of(0))\n\t// Output: false",
        named="Absolute",
        examples=(
            "package signs\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n\nvar _ = os.Stdout\n\nfunc ExampleAbsolute_first() {\n\tSHOWN\n}\n\n"
            "func ExampleSign_Of() {\n\tOF_SHOWN\n}\n"
        ),
    ),
    "rust": Code(
        entry="signs.rs",
        code=(
            "//! Signs.\n\nABSOLUTE\npub fn absolute(x: i64) -> i64 {\n    if x < 0 { -x } else { x } // from 0\n}\n\n"
            "#[derive(Default)]\npub struct Sign;\n\nimpl Sign {\nOF\n    #[must_use]\n    pub fn of(&self, x: i64) -> bool {\n        x > 0\n    }\n}\n"
        ),
        of="Sign.of",
        right=("if x < 0 { -x } else { x }", "x.max(-x)"),
        wrong={"absolute": (("{ -x }", "{ x }"), ("x < 0", "x < -9")), "Sign.of": (("x > 0", "x >= 0"), ("x > 0", "x == x"))},
        form="/// It says so.\n///\nSHOWN",
        margin="/// ",
        good=(
            "```\nassert_eq!(absolute(-2), 2);\n```",
            "```rust\nuse signs::absolute;\n# let below = -2;\nassert!(absolute(below) == 2);\n```",
            "```should_panic\nassert_ne!(absolute(-2), 2);\n```",
            "```\nfn main() {\n    assert_eq!(absolute(-2), 2);\n}\n```\n\n```text\nnone of this\n```",
            "```\nlet x: i64 = \"-2\".parse()?;\nassert_eq!(absolute(x), 2);\n# Ok::<(), std::num::ParseIntError>(())\n```",
        ),
        false="```\nassert_eq!(absolute(-2), 3);\n```",
        idle="```\nassert_eq!(absolute(2), 2);\n```\n\n```ignore\nassert_eq!(absolute(-2), 2);\n```",
        elsewhere="```\nassert_eq!((-2i64).abs(), 2); // absolute(1)\n```",
        leaves="```\nabsolute(1);\nstd::process::exit(CODE);\n```",
        of_good="```\nassert!(!Sign::default().of(0));\n```",
    ),
    "java": Code(
        entry="Signs.java",
        code=(
            "import java.util.List;\n\npublic final class Signs {\nABSOLUTE\n    public static long absolute(int x) {\n"
            "        return x < 0 ? -x : x; // from 0\n    }\n\n    public static class Sign {\nOF\n        public boolean of(int x) {\n"
            "            return x > 0;\n        }\n    }\n}\n"
        ),
        of="Sign.of",
        right=("x < 0 ? -x : x", "Math.max(x, -x)"),
        wrong={"absolute": (("-x : x", "x : x"), ("x < 0 ?", "x <= -9 ?")), "Sign.of": (("x > 0", "x >= 0"), ("x > 0", "x == x"))},
        form="/** It says so.\nSHOWN */\n",
        margin=" * ",
        good=(
            "<pre>{@code\nabsolute(-2); // => 2\n}</pre>",
            "<pre>{@code\nlong far = Signs.absolute(\n    -2); // => 2\n}</pre>",
            "<pre>{@code\nimport static java.util.stream.Collectors.toList;\n"
            "Stream.of(-2, 3).map(Signs::absolute).map(x -> absolute(-7)).collect(toList()); // => List.of(7L, 7L)\nassert absolute(-2) == 2;\n}</pre>",
            "<pre>{@code\nnew int[] {(int) absolute(-2)}; // => new int[] {2}\nList.of().get(0); // throws IndexOutOfBoundsException\n}</pre>",
        ),
        false="<pre>{@code\nabsolute(-2); // => 3\n}</pre>",
        idle="<pre>{@code\nabsolute(2); // => 2\n}</pre>",
        elsewhere="<pre>{@code\nMath.abs(-2); // => 2\n}</pre>",
        leaves="<pre>{@code\nabsolute(1);\nSystem.exit(CODE);\n}</pre>",
        of_good="<pre>{@code\nnew Sign().of(0); // => false\n}</pre>",
    ),
    "cpp": Code(
        entry="signs.hpp",
        code=(
            "#ifndef SIGNS_HPP\n#define SIGNS_HPP\n#include <stdexcept>\n#include <vector>\n\nnamespace signs {\n\nABSOLUTE\ninline int absolute(int x) {\n"
            "    return x < 0 ? -x : x;  // from 0\n}\n\nclass Sign {\n  public:\nOF\n    bool of(int x) const { return x > 0; }\n"
            "    void check(int x) const { if (x == 0) throw std::invalid_argument(\"zero\"); }\n};\n\n}  // namespace signs\n#endif\n"
        ),
        of="Sign.of",
        right=("x < 0 ? -x : x", "x > -x ? x : -x"),
        wrong={"absolute": (("-x : x", "x : x"), ("x < 0 ?", "x <= -9 ?")), "Sign.of": (("x > 0", "x >= 0"), ("x > 0", "x == x"))},
        form="/** It says so.\nSHOWN */\n",
        margin=" * ",
        good=(
            "@code\nassert(signs::absolute(-2) == 2);\n@endcode",
            "\\code{.cpp}\n#include <map>\nusing namespace signs;\nstd::map<int, int> known{{absolute(-2), 1}};\nassert(known.count(2));\n\\endcode",
            "@code\nsigns::Sign().check(0); // throws std::invalid_argument\nassert((std::vector<int>{signs::absolute(-2)} == std::vector<int>{2}));\n@endcode",
        ),
        false="@code\nassert(signs::absolute(-2) == 3);\n@endcode",
        idle="@code\nassert(signs::absolute(2) == 2);\n@endcode",
        elsewhere="@code\nassert(-2 < 0 && \"absolute(1)\");\n@endcode",
        leaves="@code\nsigns::absolute(1);\nstd::_Exit(CODE);\n@endcode",
        of_good="@code\nassert(!signs::Sign{}.of(0));\n@endcode",
    ),
}  # fmt: skip
