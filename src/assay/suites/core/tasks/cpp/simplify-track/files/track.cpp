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
    // TO BE WRITTEN
}

// Marks the points between first and last that the simplified track keeps.
void mark(const std::vector<Point>& track, std::size_t first, std::size_t last, double tolerance,
          std::vector<bool>& keep) {
    // TO BE WRITTEN
}

// Removes points from the track, in place, that hardly change its shape.
void simplify(std::vector<Point>& track, double tolerance) {
    // TO BE WRITTEN
}
