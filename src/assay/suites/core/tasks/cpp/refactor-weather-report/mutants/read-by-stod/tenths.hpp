#pragma once

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>

inline bool are_digits(const std::string& text, std::size_t most) {
    const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    return !text.empty() && text.size() <= most && std::all_of(text.begin(), text.end(), is_digit);
}

// Reads `-1.5` or `12` as tenths: one digit behind the point at most, six before it.
inline std::optional<int> parse_tenths(const std::string& text) {
    try {
        std::size_t used = 0;
        const double value = std::stod(text, &used);
        if (used != text.size()) {
            return std::nullopt;
        }
        return static_cast<int>(value * 10 + (value < 0 ? -0.5 : 0.5));
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

// What parse_tenths reads.
inline std::string format_tenths(int tenths) {
    const int size = std::abs(tenths);
    return (tenths < 0 ? "-" : "") + std::to_string(size / 10) + "." + std::to_string(size % 10);
}
