#include "check.hpp"
#include "settings.hpp"

#include <optional>
#include <string>

using Value = std::optional<std::string>;

// The value of a key in a text; a text that is refused fails the test.
Value value(const std::string& text, const std::string& key, const std::string& section = "") {
    try {
        return Settings(text).get(section, key);
    } catch (const BadSettings& error) {
        FAIL("refused");
    }
}

// The line that is wrong; 0 if none is.
int wrong_line(const std::string& text) {
    try {
        Settings settings(text);
    } catch (const BadSettings& error) {
        return error.line;
    }
    return 0;
}

TEST_CASE("keys and values") {
    CHECK(value("a=1\nb=2\n", "a") == "1");
    CHECK(value("a=1\nb=2", "b") == "2");
    CHECK(value("a=1", "b") == std::nullopt);
    CHECK(value("", "a") == std::nullopt);
    CHECK(value("a=1", "") == std::nullopt);
    CHECK(value("\t two words \t=  more than two \t", "two words") == "more than two");
    CHECK(value("a = x = y", "a") == "x = y");
    CHECK(value("a=", "a") == "");
}

TEST_CASE("the last value counts") {
    CHECK(value("a=1\na=2\nA=3", "a") == "3");
    CHECK(value("[s]\na=1\n[t]\na=2\n[s]\na=3", "a", "s") == "3");
    CHECK(value("a=1\na=", "a") == "");
}

TEST_CASE("sections") {
    const std::string text = "a=0\n[one]\na=1\nb=5\n [\tTwo words ] \na=2\n[ONE]\nc=7\n";
    CHECK(value(text, "a") == "0");
    CHECK(value(text, "a", "one") == "1");
    CHECK(value(text, "b", "one") == "5");
    CHECK(value(text, "c", "one") == "7");
    CHECK(value(text, "a", "two words") == "2");
    CHECK(value(text, "b", "two words") == std::nullopt);
    CHECK(value(text, "a", "three") == std::nullopt);
}

TEST_CASE("case") {
    CHECK(value("[Mail]\nSender=The Shop", "sENDER", "mAIL") == "The Shop");
    CHECK(value("[MAIL]\nSENDER=The Shop", "sender", "mail") == "The Shop");
}

TEST_CASE("comments") {
    CHECK(value("# a=1\n; a=2\n  \t# nothing\n ;\n#\n\n \t \na=3", "a") == "3");
    CHECK(value("a = 1 # one", "a") == "1 # one");
    CHECK(value("a = 1 ; one", "a") == "1 ; one");
    CHECK(value("a = #", "a") == "#");
    CHECK(value("# a=1", "# a") == std::nullopt);
    CHECK(value("; a=1", "; a") == std::nullopt);
}

TEST_CASE("quotes") {
    CHECK(value("a = \"  x \" ", "a") == "  x ");
    CHECK(value("a = \"\"", "a") == "");
    CHECK(value("a = \"", "a") == "\"");
    CHECK(value("a = \"x", "a") == "\"x");
    CHECK(value("a = x\"", "a") == "x\"");
    CHECK(value("a = \"x\" y \"z\"", "a") == "x\" y \"z");
    CHECK(value("a = \"\"\"", "a") == "\"");
}

TEST_CASE("lines that are wrong") {
    CHECK(wrong_line("a=1\n[s]\n") == 0);
    CHECK(wrong_line("a") == 1);
    CHECK(wrong_line("a=1\n\n# x\nnonsense\nmore") == 4);
    CHECK(wrong_line("=1") == 1);
    CHECK(wrong_line(" \t = 1") == 1);
    CHECK(wrong_line("[]") == 1);
    CHECK(wrong_line("a=1\n[ \t ]") == 2);
    CHECK(wrong_line("[s") == 1);
    CHECK(wrong_line("[s=1\n") == 1);
    CHECK(wrong_line("[s] # x") == 1);
    CHECK(wrong_line("[") == 1);
}
