#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

struct Point {
    long long x;
    long long y;
};

struct Zone {
    std::string name;
    std::vector<Point> outline;
    std::vector<std::vector<Point>> holes;
};

namespace {

enum class Place { outside, border, inside };

// Twice the area of a triangle: positive if a, b, c turn to the left.
long long turn(const Point& a, const Point& b, const Point& c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool on_edge(const Point& p, const Point& a, const Point& b) {
    return turn(a, b, p) == 0 && std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x) && std::min(a.y, b.y) <= p.y &&
           p.y <= std::max(a.y, b.y);
}

// Counts the edges that a ray to the right crosses.
Place place_of(const Point& p, const std::vector<Point>& ring) {
    bool inside = false;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point& a = ring[i];
        const Point& b = ring[(i + 1) % ring.size()];
        if (on_edge(p, a, b)) return Place::border;
        if ((a.y > p.y) != (b.y > p.y) && p.x < static_cast<double>(b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
    }
    return inside ? Place::inside : Place::outside;
}

__int128 doubled_area(const std::vector<Point>& ring) {
    __int128 sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point& a = ring[i];
        const Point& b = ring[(i + 1) % ring.size()];
        sum += static_cast<__int128>(a.x) * b.y - static_cast<__int128>(b.x) * a.y;
    }
    return sum < 0 ? -sum : sum;
}

__int128 doubled_area(const Zone& zone) {
    __int128 sum = doubled_area(zone.outline);
    for (const auto& hole : zone.holes) sum -= doubled_area(hole);
    return sum;
}

bool contains(const Zone& zone, const Point& p) {
    if (place_of(p, zone.outline) == Place::outside) return false;
    return std::none_of(zone.holes.begin(), zone.holes.end(),
                        [&](const auto& hole) { return place_of(p, hole) == Place::inside; });
}

}  // namespace

std::optional<std::string> zone_of(const std::vector<Zone>& zones, const Point& place) {
    const Zone* best = nullptr;
    for (const Zone& zone : zones) {
        if (!contains(zone, place)) continue;
        if (best == nullptr || doubled_area(zone) < doubled_area(*best)) best = &zone;
    }
    if (best == nullptr) return std::nullopt;
    return best->name;
}
