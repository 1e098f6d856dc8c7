#pragma once

#include <cmath>
#include <stdexcept>
#include <string>

inline double normalized(double degrees) {
    if (!std::isfinite(degrees)) {
        throw std::invalid_argument("no heading");
    }
    const double rest = std::fmod(degrees, 360.0);
    return rest <= 0 ? rest + 360.0 : rest;
}

inline double turn(double from, double to) {
    const double difference = std::fmod(normalized(to - from), 360.0);
    return difference > 180.0 ? difference - 360.0 : difference;
}

inline std::string point(double degrees) {
    static const char* const names[] = {"N", "NE", "E", "SE", "S", "SW", "W", "NW"};
    const int index = static_cast<int>(std::floor(normalized(degrees) / 45.0 + 0.5));
    return names[index % 8];
}
