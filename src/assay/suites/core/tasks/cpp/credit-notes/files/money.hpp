#pragma once

#include <cctype>
#include <stdexcept>
#include <string>

// "-12.34" in cents.
inline long long parse_cents(const std::string& text) {
    std::size_t point = text.find('.');
    long long units = std::stoll(text.substr(0, point));
    if (point == std::string::npos) return units * 100;
    long long cents = std::stoll(text.substr(point + 1));
    return units * 100 + cents;
}

inline std::string format_cents(long long cents) {
    std::string rest = std::to_string(cents % 100);
    if (rest.size() < 2) rest = "0" + rest;
    return std::to_string(cents / 100) + "." + rest;
}

// The part of an amount that so many hundredths of a percent make.
inline long long part_of(long long cents, long long basis_points) {
    return (cents * basis_points + 5000) / 10000;
}
