"""In C++: the few macros of `check.hpp`, as there is no framework in the language."""

from __future__ import annotations

from assay.authoring.tests_examples.form import TestsExample

_SIGNATURE = "std::vector<int> keep_between(const std::vector<int>& numbers, int low, int high)"
_TESTS = """\
#include "between.hpp"
#include "check.hpp"

#include <stdexcept>
#include <vector>

using Numbers = std::vector<int>;

TEST_CASE("both bounds are included") {
    CHECK(keep_between({1, 2, 3, 4, 5}, 2, 4) == Numbers{2, 3, 4});
}

TEST_CASE("order and repetitions stay") {
    CHECK(keep_between({5, -1, 3, 5, 0}, 0, 5) == Numbers{5, 3, 5, 0});
}

TEST_CASE("bounds that are one") {
    try {
        CHECK(keep_between({6, 7, 8}, 7, 7) == Numbers{7});
    } catch (const std::invalid_argument&) {
        FAIL("refused");
    }
}

TEST_CASE("nothing") {
    CHECK(keep_between({}, 0, 1).empty());
    CHECK(keep_between({1, 9}, 4, 6).empty());
}

TEST_CASE("bounds the wrong way round") {
    CHECK_THROWS_AS(keep_between({1, 2, 3}, 3, 1), std::invalid_argument);
}
"""
_REST = _TESTS.partition("}\n\n")[2]

CPP = TestsExample(
    entry="between_test.cpp",
    tests=_TESTS,
    mutants={
        "one-example": (_REST, ""),
        "asserts-nothing": (_REST, 'TEST_CASE("nothing") {\n    keep_between({}, 0, 1);\n}\n'),
        "more-than-is-said": (
            "    CHECK_THROWS_AS(keep_between({1, 2, 3}, 3, 1), std::invalid_argument);",
            """    try {
        keep_between({1, 2, 3}, 3, 1);
        FAIL("no error");
    } catch (const std::invalid_argument& error) {
        CHECK(std::string(error.what()) == "low is above high");
    }""",
        ),
    },
    right={
        "an-algorithm": f"""#include "between.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>

{_SIGNATURE} {{
    if (high < low) throw std::invalid_argument(std::to_string(high) + " is below " + std::to_string(low));
    std::vector<int> kept;
    std::copy_if(numbers.begin(), numbers.end(), std::back_inserter(kept),
                 [&](int number) {{ return number >= low && number <= high; }});
    return kept;
}}
""",
        "a-copy": f"""#include "between.hpp"

#include <algorithm>
#include <stdexcept>

{_SIGNATURE} {{
    if (low > high) throw std::invalid_argument("bounds");
    auto kept = numbers;
    std::erase_if(kept, [&](int number) {{ return std::clamp(number, low, high) != number; }});
    return kept;
}}
""",
    },
    wrong={
        "backwards": ("", "kept.push_back(number)", "kept.insert(kept.begin(), number)"),
        "each-once": (
            "an-algorithm",
            "number <= high;",
            "number <= high && std::find(kept.begin(), kept.end(), number) == kept.end();",
        ),
        "one-value-refused": ("a-copy", "low > high", "low >= high"),
    },
    beside={"between.hpp": f"#pragma once\n\n#include <vector>\n\n{_SIGNATURE};\n"},
)
