#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace colors {

struct Color {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;

    bool operator==(const Color&) const = default;
};

inline std::optional<Color> parse(std::string_view text) {
    if (text.empty() || text.front() != '#') {
        return std::nullopt;
    }
    text.remove_prefix(1);
    std::string digits;
    for (const char letter : text) {
        const int value = letter >= '0' && letter <= '9'   ? letter - '0'
                          : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10
                          : letter >= 'A' && letter <= 'F' ? letter - 'A' + 10
                                                           : -1;
        if (value < 0) {
            return std::nullopt;
        }
        digits += static_cast<char>(value);
        if (text.size() < 5) {
            digits += static_cast<char>(value);
        }
    }
    if (digits.size() != 6 && digits.size() != 8) {
        return std::nullopt;
    }
    digits.resize(8, 15);
    const auto byte = [&](int at) { return static_cast<std::uint8_t>(digits[at] * 16 + digits[at + 1]); };
    return Color{byte(0), byte(2), byte(4), byte(6)};
}

inline std::string to_text(const Color& color) {
    char text[10];
    std::snprintf(text, sizeof text, "#%02x%02x%02x%02x", color.red, color.green, color.blue, color.alpha);
    return std::string(text);
}

inline Color mix(const Color& first, const Color& second, double share) {
    const double weight = std::clamp(share, 0.0, 1.0);
    const auto between = [&](std::uint8_t one, std::uint8_t other) {
        return static_cast<std::uint8_t>(std::lround(one + (other - one) * weight));
    };
    return {between(first.red, second.red), between(first.green, second.green), between(first.blue, second.blue),
            between(first.alpha, second.alpha)};
}

inline bool is_dark(const Color& color) {
    return 299 * color.red + 587 * color.green + 114 * color.blue < 128 * 1000;
}

}  // namespace colors
