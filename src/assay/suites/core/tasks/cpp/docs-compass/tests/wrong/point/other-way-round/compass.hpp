#pragma once

#include <cmath>
#include <stdexcept>
#include <string>

inline double normalized(double degrees) {
    if (!std::isfinite(degrees)) {
        throw std::invalid_argument("no heading");
    }
    const double rest = std::fmod(degrees, 360.0);
    return rest < 0 ? rest + 360.0 : rest;
}

inline double turn(double from, double to) {
    const double difference = normalized(to - from);
    return difference > 180.0 ? difference - 360.0 : difference;
}

inline std::string point(double degrees) {
    static const char* const names[] = {"N", "NW", "W", "SW", "S", "SE", "E", "NE"};
    const int index = static_cast<int>(std::floor(normalized(degrees) / 45.0 + 0.5));
    return names[index % 8];
}
