#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
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
    if (text.size() < 4 || text[0] != '#' || text.find_first_not_of("0123456789abcdefABCDEF", 1) != text.npos) {
        return {};
    }
    std::string digits(text.substr(1));
    if (digits.size() == 3 || digits.size() == 4) {
        std::string longer;
        for (char digit : digits) {
            longer.append(2, digit);
        }
        digits = longer;
    }
    if (digits.size() == 6) {
        digits += "ff";
    }
    if (digits.size() != 8) {
        return {};
    }
    std::uint32_t all = 0;
    std::from_chars(digits.data(), digits.data() + 8, all, 16);
    const auto part = [all](int shift) { return static_cast<std::uint8_t>(all >> shift & 0xff); };
    return Color{part(24), part(16), part(8), part(0)};
}

inline std::string to_text(const Color& color) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string text = "#";
    for (std::uint8_t part : {color.red, color.green, color.blue, color.alpha}) {
        text += hex[part >> 4];
        text += hex[part & 15];
    }
    if (color.alpha == 0xff) {
        text.erase(7);
    }
    return text;
}

inline Color mix(const Color& first, const Color& second, double share) {
    const double rest = share < 0 ? 1 : share > 1 ? 0 : 1 - share;
    const auto part = [rest](int one, int other) {
        return static_cast<std::uint8_t>(std::floor(one * rest + other * (1 - rest) + 0.5));
    };
    Color mixed;
    mixed.red = part(first.red, second.red);
    mixed.green = part(first.green, second.green);
    mixed.blue = part(first.blue, second.blue);
    mixed.alpha = part(first.alpha, second.alpha);
    return mixed;
}

inline bool is_dark(const Color& color) {
    const int brightness = (color.red * 299 + color.green * 587 + color.blue * 114) / 1000;
    return brightness <= 127;
}

}  // namespace colors
