#include "settings.hpp"

#include <algorithm>
#include <deque>

static std::string folded(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
    return name;
}

// A part of a line, without the blanks around it.
static std::string part(std::deque<char> letters) {
    const auto blank = [](char letter) { return letter == '\t' || letter == ' '; };
    while (!letters.empty() && blank(letters.back())) letters.pop_back();
    while (!letters.empty() && blank(letters.front())) letters.pop_front();
    return std::string(letters.begin(), letters.end());
}

BadSettings::BadSettings(int line) : std::runtime_error("bad settings"), line(line) {}

Settings::Settings(const std::string& text) {
    std::deque<char> before;
    std::deque<char> behind;
    bool has_equals = false;
    std::string section;
    int number = 1;
    for (char letter : text + "\n") {
        if (letter != '\n') {
            if (letter == '=' && !has_equals) {
                has_equals = true;
            } else {
                (has_equals ? behind : before).push_back(letter);
            }
            continue;
        }
        const std::string left = part(before);
        std::string right = part(behind);
        const char first = left.empty() ? '=' : left[0];
        if (first == '[') {
            std::deque<char> whole = before;
            if (has_equals) whole.push_back('=');
            whole.insert(whole.end(), behind.begin(), behind.end());
            const std::string heading = part(whole);
            section = heading.ends_with(']') ? part({heading.begin() + 1, heading.end() - 1}) : "";
            if (section.empty()) throw BadSettings(number);
        } else if (first != '#' && first != ';' && (has_equals || !left.empty())) {
            if (!has_equals || left.empty()) throw BadSettings(number);
            if (right.size() > 1 && right.front() == '"' && right.back() == '"') {
                right.erase(0, 1);
                right.pop_back();
            }
            values_.emplace(std::pair(folded(section), folded(left)), right);
        }
        before.clear();
        behind.clear();
        has_equals = false;
        ++number;
    }
}

std::optional<std::string> Settings::get(const std::string& section, const std::string& key) const {
    const std::pair name(folded(section), folded(key));
    return values_.count(name) ? std::optional(values_.at(name)) : std::nullopt;
}
