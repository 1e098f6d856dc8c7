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

/// The colour of a text such as `#1e90ff`. Short forms double each digit, an alpha may stand behind, and
/// letters may be small or large. Nothing else is taken.
///
/// @code
/// using colors::parse;
/// assert((parse("#1E90ff") == colors::Color{30, 144, 255, 255}));
/// assert((parse("#abc") == colors::Color{170, 187, 204, 255}));
/// assert((parse("#0f08") == colors::Color{0, 255, 0, 136}));
/// assert((parse("#00000080") == colors::Color{0, 0, 0, 128}));
/// assert(!parse("1e90ff"));
/// assert(!parse("#1e90f"));
/// assert(!parse("#12"));
/// assert(!parse("#12345g"));
/// assert(!parse(""));
/// @endcode
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

/// The colour with small letters, and with its alpha only if that is not full.
///
/// @code
/// assert(colors::to_text({30, 144, 255}) == "#1e90ff");
/// assert(colors::to_text({0, 10, 0, 254}) == "#000a00fe");
/// assert(colors::to_text({0, 0, 0, 0}) == "#00000000");
/// assert(colors::to_text({170, 187, 204}) == "#aabbcc");
/// @endcode
inline std::string to_text(const Color& color) {
    char text[10];
    std::snprintf(text, sizeof text, "#%02x%02x%02x%02x", color.red, color.green, color.blue, color.alpha);
    return color.alpha == 255 ? std::string(text, 7) : std::string(text);
}

/// The first colour with a share of the second, each part rounded to the nearest, a half away from zero. A
/// share below 0 is 0, one above 1 is 1; alpha is mixed as well.
///
/// @code
/// using colors::Color;
/// using colors::mix;
/// const Color black{0, 0, 0}, white{255, 255, 255};
/// assert((mix(black, white, 0.5) == Color{128, 128, 128}));
/// assert((mix(white, black, 0.25) == Color{191, 191, 191}));
/// assert((mix(black, white, 7) == white));
/// assert((mix(black, white, -1) == black));
/// assert((mix({1, 0, 0, 0}, {2, 4, 0, 100}, 0.25) == Color{1, 1, 0, 25}));
/// @endcode
inline Color mix(const Color& first, const Color& second, double share) {
    const double weight = std::clamp(share, 0.0, 1.0);
    const auto between = [&](std::uint8_t one, std::uint8_t other) {
        return static_cast<std::uint8_t>(std::lround(one + (other - one) * weight));
    };
    return {between(first.red, second.red), between(first.green, second.green), between(first.blue, second.blue),
            between(first.alpha, second.alpha)};
}

/// Whether white text is easier to read on it than black, by how bright the eye takes it for; alpha does not
/// count.
///
/// @code
/// assert(colors::is_dark({0, 0, 255}));
/// assert(!colors::is_dark({0, 255, 0}));
/// assert(colors::is_dark({255, 0, 0}));
/// assert(!colors::is_dark({255, 100, 0}));
/// assert(colors::is_dark({127, 127, 127}));
/// assert(!colors::is_dark({128, 128, 128}));
/// assert(!colors::is_dark({255, 255, 255, 0}));
/// @endcode
inline bool is_dark(const Color& color) {
    return 299 * color.red + 587 * color.green + 114 * color.blue < 128 * 1000;
}

}  // namespace colors
