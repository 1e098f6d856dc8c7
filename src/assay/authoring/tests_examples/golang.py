"""In Go: functions of `testing`, in the package that they test."""

from __future__ import annotations

from assay.authoring.tests_examples.form import TestsExample

_HEAD = "func KeepBetween(numbers []int, low, high int) ([]int, error) {\n"
_TESTS = """\
package between

import (
\t"slices"
\t"testing"
)

func TestKeepBetween(t *testing.T) {
\tcases := []struct {
\t\tname      string
\t\tnumbers   []int
\t\tlow, high int
\t\twant      []int
\t}{
\t\t{"both bounds are included", []int{1, 2, 3, 4, 5}, 2, 4, []int{2, 3, 4}},
\t\t{"order and repetitions stay", []int{5, -1, 3, 5, 0}, 0, 5, []int{5, 3, 5, 0}},
\t\t{"bounds that are one", []int{6, 7, 8}, 7, 7, []int{7}},
\t\t{"an empty list", nil, 0, 1, nil},
\t\t{"nothing fits", []int{1, 9}, 4, 6, nil},
\t}
\tfor _, c := range cases {
\t\tt.Run(c.name, func(t *testing.T) {
\t\t\tgot, err := KeepBetween(c.numbers, c.low, c.high)
\t\t\tif err != nil || !slices.Equal(got, c.want) {
\t\t\t\tt.Errorf("KeepBetween(%v, %d, %d) = %v, %v; want %v", c.numbers, c.low, c.high, got, err, c.want)
\t\t\t}
\t\t})
\t}
}

func TestTheListStaysAsItIs(t *testing.T) {
\tnumbers := []int{9, 1, 5}
\tif _, err := KeepBetween(numbers, 0, 5); err != nil {
\t\tt.Fatal(err)
\t}
\tif !slices.Equal(numbers, []int{9, 1, 5}) {
\t\tt.Errorf("the list is now %v", numbers)
\t}
}

func TestBoundsTheWrongWayRound(t *testing.T) {
\tif _, err := KeepBetween([]int{1, 2, 3}, 3, 1); err == nil {
\t\tt.Error("no error")
\t}
}
"""

GO = TestsExample(
    entry="between_test.go",
    tests=_TESTS,
    mutants={
        "one-example": (_TESTS[_TESTS.index('\t\t{"order') : _TESTS.index("\t}\n\tfor")], ""),
        "asserts-nothing": ("t.Error", "t.Log"),
        "more-than-is-said": ("err == nil {", 'err == nil || err.Error() != "low is above high" {'),
    },
    right={
        "a-copy": f"""package between

import (
\t"fmt"
\t"slices"
)

{_HEAD}\tif high < low {{
\t\treturn nil, fmt.Errorf("%d is below %d", high, low)
\t}}
\treturn slices.DeleteFunc(slices.Clone(numbers), func(number int) bool {{
\t\treturn number < low || number > high
\t}}), nil
}}
""",
        "by-clamping": f"""package between

import "errors"

var errBounds = errors.New("bounds the wrong way round")

{_HEAD}\tvar kept []int
\tif low > high {{
\t\treturn kept, errBounds
\t}}
\tfor index := range numbers {{
\t\tif number := numbers[index]; min(max(number, low), high) == number {{
\t\t\tkept = append(kept, number)
\t\t}}
\t}}
\treturn kept, nil
}}
""",
    },
    wrong={
        "backwards": ("", "append(kept, number)", "append([]int{number}, kept...)"),
        "takes-from-the-list": ("a-copy", "slices.Clone(numbers)", "numbers"),
        "the-first-once": (
            "by-clamping",
            "numbers[index]; ",
            "numbers[index]; (index == 0 || number != numbers[0]) && ",
        ),
        "one-value-refused": ("by-clamping", "low > high", "low >= high"),
    },
)
