#pragma once

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <string_view>

inline bool is_number(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "-12.34" in cents.
inline long long parse_cents(const std::string& text) {
    std::string_view rest = text;
    bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    std::size_t point = rest.find('.');
    std::string units{rest.substr(0, point)};
    std::string cents = point == std::string_view::npos ? "00" : std::string{rest.substr(point + 1)};
    if (!is_number(units) || !is_number(cents) || units.size() > 9 || cents.size() > 2) {
        throw std::invalid_argument("no amount: " + text);
    }
    if (cents.size() == 1) cents += '0';
    long long size = std::stoll(units) * 100 + std::stoll(cents);
    return negative ? -size : size;
}

inline std::string format_cents(long long cents) {
    long long size = cents < 0 ? -cents : cents;
    std::string rest = std::to_string(size % 100);
    if (rest.size() < 2) rest = "0" + rest;
    return (cents < 0 ? "-" : "") + std::to_string(size / 100) + "." + rest;
}

// The part of an amount that so many hundredths of a percent make; halves away from zero.
inline long long part_of(long long cents, long long basis_points) {
    return std::llround(static_cast<double>(cents) * static_cast<double>(basis_points) / 10000);
}
