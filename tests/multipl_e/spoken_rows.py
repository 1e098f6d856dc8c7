"""One made-up problem in the benchmark's own form, in each of its languages, with answers right and wrong."""

from __future__ import annotations

import msgspec


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """`f` gives twice its number; what a model would have to say, and what it should not."""

    prompt: str
    tests: str
    right: str
    """A completion, up to where the tests go on."""
    wrong: str
    broken: str = "((("
    """What does not compile, or does not run."""
    leaves: str = ""
    """A completion that ends the process as if all were well."""
    replies: tuple[str, ...]
    """Code as conversations bring it: the function whole, with this and that around it."""


SAID = {
    "python": Said(
        prompt='def f(n: int) -> int:\n    """ Twice n.\n    """\n',
        tests="def check(candidate):\n    assert candidate(2) == 4\n    assert candidate(-1) == -2\n\ncheck(f)\n",
        right="    return n * 2\n",
        wrong="    return n + 2\n",
        leaves="    import os\n    os._exit(0)\n",
        replies=(
            "from typing import List\n\ndef f(n: int) -> int:\n    return twice(n)\n\ndef twice(n):\n    return 2 * n\n",
        ),
    ),
    "javascript": Said(
        prompt="//Twice n.\nfunction f(n){\n",
        tests="const assert = require('node:assert');\n\n\nfunction test() {\n  let candidate = f;\n"
        "  assert.deepEqual(candidate(2),4);\n  assert.deepEqual(candidate(-1),-2);\n}\n\ntest();",
        right="    return n * 2;\n}\n",
        wrong="    return n + 2;\n}\n",
        leaves="    process.exit(0);\n}\n",
        replies=(
            "export const f = (n) => n * 2;\nmodule.exports = { f };\n",
            "function f(n) {\r\n  return 2 * n;\r\n}",
        ),
    ),
    "typescript": Said(
        prompt="//Twice n.\nfunction f(n: number): number {\n",
        tests="declare var require: any;\nconst assert = require('node:assert');\n\n\nfunction test() {\n"
        "  let candidate = f;\n  assert.deepEqual(candidate(2),4);\n  assert.deepEqual(candidate(-1),-2);\n}\n\ntest();",
        right="    let m: number = null; m = n * 2; return m;\n}\n",
        wrong="    return n + 2;\n}\n",
        broken="    return 'two';\n}\n",
        leaves="    (globalThis as any).process.exit(0);\n    return 0;\n}\n",
        replies=("export default function f(n: number): number {\n  return n * 2;\n}\n",),
    ),
    "go": Said(
        prompt='package f_test\n\nimport (\n    "testing"\n    "fmt"\n)\n\n// Twice n.\nfunc f(n int) int {\n',
        tests="func TestF(t *testing.T) {\n  candidate := f\n\ttype test struct {\n\t\tactual   interface{}\n"
        "\t\texpected interface{}\n\t}\n   tests := []test{\n     { actual: candidate(2), expected: 4 },\n"
        "     { actual: candidate(-1), expected: -2 },\n   }\n\n\tfor i, tc := range tests {\n"
        '\t\tt.Run(fmt.Sprintf("test num % d", i), func(t *testing.T) {\n'
        '\t\t\tif fmt.Sprintf("%v", tc.actual) != fmt.Sprintf("%v", tc.expected) {\n'
        "\t\t\t\tt.Errorf(\"expected '%s', got '%s'\", tc.expected, tc.actual)\n\t\t\t}\n\t\t})\n\t}\n}\n",
        right="    return n * 2\n}\n",
        wrong="    return n + 2\n}\n",
        replies=(
            'package main\n\nimport (\n\t"fmt"\n\t"strconv"\n)\n\nfunc f(n int) int {\n\tm, _ := strconv.Atoi(fmt.Sprint(n))\n'
            "\treturn m * 2\n}\n\nfunc main() {\n\tfmt.Println(f(2))\n}\n",
            'import "math"\n\nfunc f(n int) int {\n\treturn n * int(math.Sqrt(4))\n}\n',
        ),
    ),
    "rust": Said(
        prompt="/// Twice n.\nfn f(n: isize) -> isize {\n",
        tests="}\n\nfn main() {\n    let candidate = f;\n    assert_eq!(candidate(2), 4);\n    assert_eq!(candidate(-1), -2);\n}\n",
        right="    let async = n * 2;\n    async",
        wrong="    n + 2\n",
        leaves="    std::process::exit(0)\n",
        replies=(
            "use std::collections::HashMap;\n\nfn f(n: isize) -> isize {\n    let mut seen: HashMap<isize, isize> = HashMap::new();\n"
            '    seen.insert(n, n * 2);\n    seen[&n]\n}\n\nfn main() {\n    println!("{}", f(2));\n}\n',
        ),
    ),
    "java": Said(
        prompt="import java.util.*;\nimport org.javatuples.*;\nclass Problem {\n    // Twice n.\n    public static long f(long n) {\n",
        tests="    }\n    public static void main(String[] args) {\n    assert(f((2l)) == (4l));\n    assert(f((-1l)) == (-2l));\n"
        "    }\n\n}\n",
        right="        return Pair.with(n, n * 2).getValue1();\n",
        wrong="        return n + 2;\n",
        leaves="        System.exit(0);\n        return 0;\n",
        replies=(
            "import java.util.stream.*;\n\npublic class Solution {\n    public static long f(long n) {\n"
            "        return LongStream.of(n, n).sum();\n    }\n\n    public static void main(String[] args) {\n"
            "        System.out.println(f(2));\n    }\n}\n",
            "public static long f(long n) {\n    return twice(n);\n}\n\nprivate static long twice(long n) {\n    return n * 2;\n}",
        ),
    ),
    "cpp": Said(
        prompt="#include<assert.h>\n#include<bits/stdc++.h>\n// Twice n.\nlong f(long n) {\n",
        tests="}\nint main() {\n    auto candidate = f;\n    assert(candidate((2)) == (4));\n    assert(candidate((-1)) == (-2));\n}\n",
        right="    return n * 2;\n",
        wrong="    return n + 2;\n",
        leaves="    exit(0);\n",
        replies=(
            "#include <iostream>\nusing namespace std;\n\nlong twice(long n) { return 2 * n; }\n\nlong f(long n) {\n    return twice(n);\n}\n\n"
            "int main() {\n    cout << f(2);\n    return 0;\n}\n",
        ),
    ),
    "csharp": Said(
        prompt="using System;\nusing System.Diagnostics;\nusing System.Linq;\nclass Problem {\n    // Twice n.\n"
        "    public static long F(long n) {\n",
        tests="    }\n    public static void Main(string[] args) {\n    Debug.Assert(F((2L)) == (4L));\n    Debug.Assert(F((-1L)) == (-2L));\n"
        "    }\n\n}\n",
        right="        return new long[]{n, n}.Sum();\n",
        wrong="        return n + 2;\n",
        leaves="        Environment.Exit(0);\n        return 0;\n",
        replies=(
            "using System;\nusing System.Collections.Generic;\n\npublic static class Program\n{\n    public static long F(long n)\n    {\n"
            "        return n * 2;\n    }\n\n    public static void Main()\n    {\n        Console.WriteLine(F(2));\n    }\n}\n",
            "public static long F(long n) {\n    return n * 2;\n}\n",
        ),
    ),
    "php": Said(
        prompt="<?php\n// Twice n.\nfunction f($n) {\n",
        tests="function candidate(...$args) {\n    return f(...$args);\n}\n\nfunction test(): void {\n"
        '    if (candidate(2) !== 4) { throw new Exception("Test failed!"); }\n'
        '    if (candidate(-1) !== -2) { throw new Exception("Test failed!"); }\n}\n\ntest();',
        right="    return $n * 2;\n}\n",
        wrong="    return $n + 2;\n}\n",
        leaves="    exit(0);\n}\n",
        replies=("<?php\n\nfunction f($n) {\n    return 2 * $n;\n}\n\n?>\n", "function f($n) { return 2 * $n; }"),
    ),
    "bash": Said(
        prompt="#!/bin/bash\n# Twice n.\n#\n# $1 is an integer\nf() {\n",
        tests='}\n\ncandidate() {\n    f "$@"\n}\n\nset -e\nrun_test() {\n    [[ $(candidate "2") = "4" ]]\n'
        '    [[ $(candidate "-1") = "-2" ]]\n}\n\nrun_test',
        right='    echo "$1 * 2" | bc\n',
        wrong="    echo $(($1 + 2))\n",
        leaves="    :\n}\nexit 0\nleft() {\n    :\n",
        replies=("#!/bin/bash\n\nf() {\n    echo $(($1 * 2))\n}\n",),
    ),
    "ruby": Said(
        prompt="# Twice n.\ndef f(n)\n",
        tests="require 'test/unit'\nclass TestHumanEval < Test::Unit::TestCase\n  def test_f\n    candidate = method(:f)\n"
        "    assert_equal(4, candidate.call(2))\n    assert_equal(-2, candidate.call(-1))\n  end\nend\n",
        right="    n * 2\nend\n",
        wrong="    n + 2\nend\n",
        leaves="    exit!(0)\nend\n",
        replies=("def f(n)\n  n * 2\nend\n",),
    ),
    "lua": Said(
        prompt="-- Twice n.\nlocal function f(n)\n",
        tests="lu = require('luaunit')\n\nfunction test_humaneval()\nlocal candidate = f\n    lu.assertEquals(candidate(2), 4)\n"
        "    lu.assertEquals(candidate(-1), -2)\nend\n\nos.exit(lu.LuaUnit.run())",
        right="    return n * 2\nend\n",
        wrong="    return n + 2\nend\n",
        leaves="    return n\nend\n\nos.exit(0)\n",
        replies=("local function f(n)\n  return n * 2\nend\n",),
    ),
    "perl": Said(
        prompt="# Twice n.\nsub f {\n    my($n) = @_;\n",
        tests="use Test::Deep;\n\n\nsub testhumaneval {\n    my $candidate = \\&f;\n        if(eq_deeply($candidate->(2),4)) {\n"
        '        print "ok!" }else{\n        exit 1;\n        }\n        if(eq_deeply($candidate->(-1),-2)) {\n'
        '        print "ok!" }else{\n        exit 1;\n        }\n}\n\ntesthumaneval();',
        right="    return $n * 2;\n}\n",
        wrong="    return $n + 2;\n}\n",
        leaves="    exit 0;\n}\n",
        replies=("sub f {\n    my ($n) = @_;\n    return 2 * $n;\n}\n\n1;\n",),
    ),
    "r": Said(
        prompt="# Twice n.\nf <- function(n) {\n",
        tests="test_humaneval <- function() {\n    candidate <- f\n    stopifnot(isTRUE(all.equal(candidate(2), 4)))\n"
        "    stopifnot(isTRUE(all.equal(candidate(-1), -2)))\n}\ntest_humaneval()",
        right="    n * 2\n}\n",
        wrong="    n + 2\n}\n",
        leaves="    quit('no', 0)\n}\n",
        replies=("f <- function(n) {\n  2 * n\n}\n",),
    ),
    "julia": Said(
        prompt='"""Twice n.\n    """\nfunction f(n::Int64)::Int64 \n',
        tests="using Test\n\n@testset begin\n\ncandidate = f;\n\t@test(candidate(2) == 4)\n\t@test(candidate(-1) == -2)\nend\n",
        right="    return n * 2\nend\n",
        wrong="    return n + 2\nend\n",
        leaves="    exit(0)\nend\n",
        replies=("function f(n::Int64)::Int64\n    2n\nend\n",),
    ),
}
