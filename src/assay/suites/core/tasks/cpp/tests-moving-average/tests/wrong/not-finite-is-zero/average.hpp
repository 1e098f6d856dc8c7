#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <vector>

class MovingAverage {
    std::vector<double> ring;
    std::size_t next = 0;
    std::size_t filled = 0;

public:
    explicit MovingAverage(std::size_t size) : ring(size) {
        if (size < 1) throw std::invalid_argument("size");
    }

    void add(double value);

    std::optional<double> value() const;

    std::size_t count() const { return filled; }

    void reset() { next = filled = 0; }
};
