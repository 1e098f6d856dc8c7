#pragma once

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <optional>
#include <string>

inline bool are_digits(const std::string& text, std::size_t most) {
    const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    return !text.empty() && text.size() <= most && std::all_of(text.begin(), text.end(), is_digit);
}

// Reads `T=-1.5` or `W=12` as tenths: one digit behind the point at most, six before it.
inline std::optional<int> parse_tenths(const std::string& text) {
    const std::string value = text.substr(std::min<std::size_t>(2, text.size()));
    const bool negative = value.rfind('-', 0) == 0;
    const std::string number = value.substr(negative ? 1 : 0);
    const std::string whole = number.substr(0, number.find('.'));
    const std::string rest = number.substr(whole.size());
    if (!are_digits(whole, 6) || (!rest.empty() && !are_digits(rest.substr(1), 1))) {
        return std::nullopt;
    }
    const int tenths = std::stoi(whole) * 10 + (rest.empty() ? 0 : rest[1] - '0');
    return negative ? -tenths : tenths;
}

// What parse_tenths reads.
inline std::string format_tenths(int tenths) {
    const int size = std::abs(tenths);
    return (tenths < 0 ? "-" : "") + std::to_string(size / 10) + "." + std::to_string(size % 10);
}
