// Tests in a few words: TEST_CASE, CHECK, REQUIRE, CHECK_FALSE, CHECK_THROWS_AS, REQUIRE_THROWS_AS, FAIL.
#pragma once

#include <cassert>

namespace check {
struct Left {};  // thrown to leave a test that has failed

bool add(const char* name, void (*test)());
void failed(const char* file, int line, const char* what);
}  // namespace check

#define ASSAY_JOINED_2(a, b) a##b
#define ASSAY_JOINED(a, b) ASSAY_JOINED_2(a, b)
#define ASSAY_TEST_CASE(function, name)                                                 \
    static void function();                                                             \
    [[maybe_unused]] static const bool ASSAY_JOINED(function, _added) = ::check::add(name, function); \
    static void function()

#define TEST_CASE(name) ASSAY_TEST_CASE(ASSAY_JOINED(assay_test_case_, __COUNTER__), name)
#define ASSAY_FAILED(what) ::check::failed(__FILE__, __LINE__, what)
#define ASSAY_CHECK(condition, what, after)          \
    do {                                             \
        if (!(condition)) { ASSAY_FAILED(what); after; } \
    } while (false)
#define ASSAY_THROWS(expression, type, what, after)        \
    do {                                                   \
        bool assay_thrown = false;                         \
        try {                                              \
            static_cast<void>(expression);                 \
        } catch (const type&) {                            \
            assay_thrown = true;                           \
        } catch (...) {                                    \
        }                                                  \
        if (!assay_thrown) { ASSAY_FAILED(what); after; }  \
    } while (false)

#define CHECK(...) ASSAY_CHECK((__VA_ARGS__), "CHECK(" #__VA_ARGS__ ")", )
#define REQUIRE(...) ASSAY_CHECK((__VA_ARGS__), "REQUIRE(" #__VA_ARGS__ ")", throw ::check::Left{})
#define CHECK_FALSE(...) ASSAY_CHECK(!(__VA_ARGS__), "CHECK_FALSE(" #__VA_ARGS__ ")", )
#define CHECK_THROWS_AS(expression, type) \
    ASSAY_THROWS(expression, type, "CHECK_THROWS_AS(" #expression ", " #type ")", )
#define REQUIRE_THROWS_AS(expression, type) \
    ASSAY_THROWS(expression, type, "REQUIRE_THROWS_AS(" #expression ", " #type ")", throw ::check::Left{})
#define FAIL(message)                \
    do {                             \
        ASSAY_FAILED(message);       \
        throw ::check::Left{};       \
    } while (false)
