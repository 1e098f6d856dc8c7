#include "average.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

// The newest value stands in front.
MovingAverage::MovingAverage(std::size_t size) : size_{size} {
    if (!size_) throw std::invalid_argument{"MovingAverage: size 0"};
}

void MovingAverage::add(double value) {
    constexpr double most = std::numeric_limits<double>::max();
    if (value >= -most && value <= most) values_.emplace_front(value);
    values_.resize(std::min(values_.size(), size_));
}

std::optional<double> MovingAverage::value() const {
    double sum = 0;
    for (double one : values_) sum += one;
    return values_.empty() ? std::optional<double>{} : std::optional<double>{sum / size_};
}

std::size_t MovingAverage::count() const { return values_.end() - values_.begin(); }

void MovingAverage::reset() { values_ = {}; }
