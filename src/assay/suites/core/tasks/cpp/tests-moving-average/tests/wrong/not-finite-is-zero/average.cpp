#include "average.hpp"

void MovingAverage::add(double value) {
    if (std::isnan(value) || std::isinf(value)) value = 0;
    ring[next] = value;
    next = (next + 1) % ring.size();
    if (filled < ring.size()) ++filled;
}

std::optional<double> MovingAverage::value() const {
    if (filled == 0) return {};
    double mean = 0;
    for (std::size_t place = 0; place < filled; ++place) mean += (ring[place] - mean) / double(place + 1);
    return mean;
}
