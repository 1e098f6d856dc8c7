#pragma once

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tenths.hpp"

// One line of the station.
struct Reading {
    std::string day;
    std::string time;
    std::vector<std::pair<char, int>> values;  // T, R or W, and tenths
};

inline std::vector<std::string> split_words(const std::string& line) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = line.find_first_not_of(' ', at)) != std::string::npos) {
        const std::size_t end = std::min(line.find(' ', at), line.size());
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

// Whether a text is like a pattern, in which d is any digit.
inline bool is_like(const std::string& text, const std::string& pattern) {
    return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(),
                      [](char c, char p) { return p == 'd' ? c >= '0' && c <= '9' : c == p; });
}

// One value such as `T=-1.5`; nothing for what is not reported.
inline std::optional<std::pair<char, int>> parse_value(const std::string& text) {
    const std::invalid_argument fault("no value: " + text);
    if (text.size() < 3 || text[1] != '=') {
        throw fault;
    }
    const char kind = text[0];
    if (kind != 'T' && kind != 'R' && kind != 'W') {
        return std::nullopt;
    }
    const std::optional<int> tenths = parse_tenths(text);
    if (!tenths || (*tenths < 0 && kind != 'T')) {
        throw fault;
    }
    return std::pair{kind, *tenths};
}

// Reads `2024-03-01 07:00 T=-1.5 R=0.2 W=12`; nothing for a blank line. A std::invalid_argument says what is wrong.
inline std::optional<Reading> parse_reading(const std::string& line) {
    const std::vector<std::string> words = split_words(line);
    if (words.empty()) {
        return std::nullopt;
    }
    if (words.size() < 2) {
        throw std::invalid_argument("needs day and time");
    }
    if (!is_like(words[0], "dddd-dd-dd")) {
        throw std::invalid_argument("no day: " + words[0]);
    }
    if (!is_like(words[1], "dd:dd")) {
        throw std::invalid_argument("no time: " + words[1]);
    }
    Reading reading{words[0], words[1], {}};
    for (std::size_t i = 2; i < words.size(); ++i) {
        if (const auto value = parse_value(words[i])) {
            reading.values.push_back(*value);
        }
    }
    return reading;
}
