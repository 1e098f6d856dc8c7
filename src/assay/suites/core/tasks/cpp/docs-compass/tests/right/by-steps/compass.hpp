#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

inline double normalized(double degrees) {
    if (std::isnan(degrees) || std::abs(degrees) > std::numeric_limits<double>::max()) {
        throw std::invalid_argument("degrees");
    }
    const double turns = std::floor(degrees / 360.0);
    return degrees - 360.0 * turns;
}

inline double turn(double from, double to) {
    const double way = normalized(to - from + 180.0) - 180.0;
    return way == -180.0 ? 180.0 : way;
}

inline std::string point(double degrees) {
    constexpr std::array<std::string_view, 8> all{"N", "NE", "E", "SE", "S", "SW", "W", "NW"};
    double edge = 22.5;
    const double heading = normalized(degrees);
    for (const auto name : all) {
        if (heading < edge) {
            return std::string(name);
        }
        edge += 45.0;
    }
    return "N";
}
