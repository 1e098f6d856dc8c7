#pragma once

#include <cstddef>
#include <deque>
#include <optional>

// The average of the last values of a sensor.
class MovingAverage {
public:
    explicit MovingAverage(std::size_t size);

    void add(double value);
    std::optional<double> value() const;
    std::size_t count() const;
    void reset();

private:
    std::size_t size_;
    std::deque<double> values_;
};
