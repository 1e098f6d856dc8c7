#include "check.hpp"
#include "handles.hpp"

#include <string>
#include <vector>

// Adds a text that there must be room for.
Handle added(HandleTable& table, const std::string& text) {
    const auto handle = table.add(text);
    REQUIRE(handle.has_value());
    return *handle;
}

// What is found, with a dot for nothing.
std::string found(const HandleTable& table, Handle handle) {
    const std::string* text = table.find(handle);
    return text ? *text : ".";
}

TEST_CASE("texts are kept under handles of their own") {
    HandleTable table(3);
    CHECK(table.size() == 0);
    std::string text = "one";
    const Handle one = added(table, text);
    text = "two";
    const Handle two = added(table, text);
    text = "changed";
    const Handle empty = added(table, "");
    CHECK(found(table, one) == "one");
    CHECK(found(table, two) == "two");
    CHECK(found(table, empty) == "");
    CHECK(table.size() == 3);
    CHECK_FALSE(one == two || two == empty || one == empty);
}

TEST_CASE("the same text twice") {
    HandleTable table(2);
    const Handle first = added(table, "same");
    const Handle second = added(table, "same");
    CHECK_FALSE(first == second);
    CHECK(table.size() == 2);
    CHECK(table.remove(first));
    CHECK(found(table, second) == "same");
}

TEST_CASE("a handle out of nothing is not good") {
    HandleTable table(2);
    CHECK(table.find(Handle{}) == nullptr);
    added(table, "a");
    added(table, "b");
    CHECK(table.find(Handle{}) == nullptr);
    CHECK_FALSE(table.remove(Handle{}));
    CHECK_FALSE(table.replace(Handle{}, "x"));
    CHECK(table.size() == 2);
}

TEST_CASE("removed texts") {
    HandleTable table(3);
    const Handle a = added(table, "a");
    const Handle b = added(table, "b");
    CHECK(table.remove(a));
    CHECK(table.size() == 1);
    CHECK(found(table, a) == ".");
    CHECK_FALSE(table.remove(a));
    CHECK_FALSE(table.replace(a, "x"));
    CHECK(found(table, a) == ".");
    CHECK(table.size() == 1);
    CHECK(found(table, b) == "b");
}

TEST_CASE("replace") {
    HandleTable table(2);
    const Handle a = added(table, "a");
    const Handle b = added(table, "b");
    CHECK(table.replace(a, "A"));
    CHECK(found(table, a) == "A");
    CHECK(table.replace(a, "b"));
    CHECK(found(table, a) == "b");
    CHECK(found(table, b) == "b");
    CHECK(table.size() == 2);
    CHECK(table.remove(a));
}
