#include "average.hpp"
#include "check.hpp"

#include <cmath>
#include <initializer_list>
#include <limits>
#include <stdexcept>

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

MovingAverage filled(std::size_t size, std::initializer_list<double> values) {
    MovingAverage average(size);
    for (double value : values) average.add(value);
    return average;
}

bool is(const MovingAverage& average, double expected) {
    return average.value().has_value() && std::fabs(*average.value() - expected) < 1e-9;
}

TEST_CASE("nothing at first") {
    MovingAverage average(3);
    CHECK_FALSE(average.value().has_value());
    CHECK(average.count() == 0);
}

TEST_CASE("a size of 0 is refused") {
    CHECK_THROWS_AS(MovingAverage(0), std::invalid_argument);
}

TEST_CASE("fewer values than the size") {
    CHECK(is(filled(3, {4}), 4));
    CHECK(is(filled(3, {4, 5}), 4.5));
    CHECK(filled(3, {4, 5}).count() == 2);
}
