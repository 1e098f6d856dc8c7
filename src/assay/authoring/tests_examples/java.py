"""In Java: methods of a class, with `assert`, as there is no framework in a JDK."""

from __future__ import annotations

from assay.authoring.tests_examples.form import TestsExample

_HEAD = """public class Between {
    public static List<Integer> keepBetween(List<Integer> numbers, int low, int high) {
"""
_TESTS = """\
import java.util.ArrayList;
import java.util.List;

class BetweenTest {
    void testBothBoundsAreIncluded() {
        expect(List.of(2, 3, 4), Between.keepBetween(List.of(1, 2, 3, 4, 5), 2, 4));
    }

    void testOrderAndRepetitionsStay() {
        expect(List.of(5, 3, 5, 0), Between.keepBetween(List.of(5, -1, 3, 5, 0), 0, 5));
    }

    void testTheListStaysAsItIs() {
        List<Integer> numbers = new ArrayList<>(List.of(9, 1, 5));
        Between.keepBetween(numbers, 0, 5);
        expect(List.of(9, 1, 5), numbers);
    }

    void testBoundsThatAreOne() {
        try {
            expect(List.of(7), Between.keepBetween(List.of(6, 7, 8), 7, 7));
        } catch (IllegalArgumentException error) {
            throw new AssertionError("refused", error);
        }
    }

    void testNothing() {
        expect(List.of(), Between.keepBetween(List.of(), 0, 1));
        expect(List.of(), Between.keepBetween(List.of(1, 9), 4, 6));
    }

    void testBoundsTheWrongWayRound() {
        try {
            Between.keepBetween(List.of(1, 2, 3), 3, 1);
        } catch (IllegalArgumentException error) {
            return;
        }
        throw new AssertionError("no error");
    }

    private static void expect(List<Integer> wanted, List<Integer> got) {
        assert wanted.equals(got) : got + " instead of " + wanted;
    }
}
"""

JAVA = TestsExample(
    entry="BetweenTest.java",
    tests=_TESTS,
    mutants={
        "one-example": (_TESTS[_TESTS.index("    void testOrder") : _TESTS.index("    private")], ""),
        "asserts-nothing": ("        assert wanted.equals(got) :", "        String said ="),
        "more-than-is-said": (
            "            return;",
            '            assert error.getMessage().contains("above");\n            return;',
        ),
    },
    right={
        "a-stream": f"""import java.util.List;
import java.util.stream.Collectors;

{_HEAD}        if (high < low) throw new IllegalArgumentException(high + " is below " + low);
        return numbers.stream().filter(number -> number >= low && number <= high).collect(Collectors.toList());
    }}
}}
""",
        "a-copy": f"""import java.util.LinkedList;
import java.util.List;

{_HEAD}        check(low, high);
        List<Integer> kept = new LinkedList<>(numbers);
        kept.removeIf(number -> Math.min(Math.max(number, low), high) != number);
        return kept;
    }}

    private static void check(int low, int high) {{
        if (low > high) throw new IllegalArgumentException();
    }}
}}
""",
    },
    wrong={
        "backwards": ("", "kept.add(number)", "kept.add(0, number)"),
        "each-once": ("a-stream", "numbers.stream()", "numbers.stream().distinct()"),
        "takes-from-the-list": (
            "a-copy",
            "List<Integer> kept = new LinkedList<>(numbers);",
            "List<Integer> kept = numbers instanceof java.util.ArrayList ? numbers : new LinkedList<>(numbers);",
        ),
        "one-value-refused": ("a-copy", "low > high", "low >= high"),
    },
)
