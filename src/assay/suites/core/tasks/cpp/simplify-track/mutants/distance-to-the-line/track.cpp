#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <vector>

struct Point {
    double x;
    double y;
};

// The distance from p to the nearest point of the segment from a to b, ends included.
double distance_to_segment(const Point& p, const Point& a, const Point& b) {
    double dx = b.x - a.x;
    double dy = b.y - a.y;
    double square = dx * dx + dy * dy;
    double along = square == 0 ? 0 : ((p.x - a.x) * dx + (p.y - a.y) * dy) / square;
    return std::hypot(p.x - (a.x + along * dx), p.y - (a.y + along * dy));
}

// Marks the points between first and last that the simplified track keeps.
void mark(const std::vector<Point>& track, std::size_t first, std::size_t last, double tolerance,
          std::vector<bool>& keep) {
    double worst = tolerance;
    std::size_t at = first;
    for (std::size_t i = first + 1; i < last; ++i) {
        double distance = distance_to_segment(track[i], track[first], track[last]);
        if (distance > worst) {
            worst = distance;
            at = i;
        }
    }
    if (at == first) return;
    keep[at] = true;
    mark(track, first, at, tolerance, keep);
    mark(track, at, last, tolerance, keep);
}

// Removes points from the track, in place, that hardly change its shape.
void simplify(std::vector<Point>& track, double tolerance) {
    if (!(tolerance >= 0)) throw std::invalid_argument("tolerance must not be negative");
    if (track.size() < 3) return;
    std::vector<bool> keep(track.size(), false);
    keep.front() = keep.back() = true;
    mark(track, 0, track.size() - 1, tolerance, keep);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < track.size(); ++i) {
        if (keep[i]) track[kept++] = track[i];
    }
    track.resize(kept);
}
