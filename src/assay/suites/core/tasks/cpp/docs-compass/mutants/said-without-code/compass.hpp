#pragma once

#include <cmath>
#include <stdexcept>
#include <string>

/// The heading from 0 up to, and without, 360 degrees.
///
/// @code
/// assert(normalized(370) == 10);
/// assert(normalized(-90) == 270);
/// assert(normalized(360) == 0);
/// assert(normalized(-720) == 0);
/// assert(normalized(359.5) == 359.5);
/// normalized(INFINITY); // throws std::invalid_argument
/// @endcode
inline double normalized(double degrees) {
    if (!std::isfinite(degrees)) {
        throw std::invalid_argument("no heading");
    }
    const double rest = std::fmod(degrees, 360.0);
    return rest < 0 ? rest + 360.0 : rest;
}

/// By how many degrees to turn: from 350 to 10 it is 20, from 10 to 350 it is -20.
inline double turn(double from, double to) {
    const double difference = normalized(to - from);
    return difference > 180.0 ? difference - 360.0 : difference;
}

/// The nearest of the eight points of the compass; in the middle between two, the next one clockwise.
///
/// @code
/// assert(point(0) == "N");
/// assert(point(22.4) == "N");
/// assert(point(22.5) == "NE");
/// assert(point(337.5) == "N");
/// assert(point(337.4) == "NW");
/// assert(point(-90) == "W");
/// assert(point(180) == "S");
/// @endcode
inline std::string point(double degrees) {
    static const char* const names[] = {"N", "NE", "E", "SE", "S", "SW", "W", "NW"};
    const int index = static_cast<int>(std::floor(normalized(degrees) / 45.0 + 0.5));
    return names[index % 8];
}
