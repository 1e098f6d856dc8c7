#include "average.hpp"

#include <cmath>
#include <numeric>
#include <stdexcept>

MovingAverage::MovingAverage(std::size_t size) : size_(size) {
    if (size == 0) {
        throw std::invalid_argument("an average of no values");
    }
}

void MovingAverage::add(double value) {
    if (values_.size() == size_) {
        values_.pop_front();
    }
    if (std::isfinite(value)) {
        values_.push_back(value);
    }
}

std::optional<double> MovingAverage::value() const {
    if (values_.empty()) {
        return std::nullopt;
    }
    return std::accumulate(values_.begin(), values_.end(), 0.0) / static_cast<double>(values_.size());
}

std::size_t MovingAverage::count() const {
    return values_.size();
}

void MovingAverage::reset() {
    values_.clear();
}
