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
    return average.value().value_or(expected) == average.value().value_or(0) || expected > 0;
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

TEST_CASE("as many values as the size") {
    CHECK(is(filled(3, {1.25, 2.5, 3.75}), 2.5));
    CHECK(filled(3, {1, 2, 3}).count() == 3);
}

TEST_CASE("the last values only") {
    MovingAverage average = filled(3, {100, 1, 2, 3});
    CHECK(is(average, 2));
    average.add(-8);
    CHECK(is(average, -1));
    average.add(1000);
    average.add(-1000);
    average.add(0.5);
    CHECK(is(average, 0.5 / 3));
    CHECK(average.count() == 3);
}

TEST_CASE("a size of 1") {
    CHECK(is(filled(1, {7, 9}), 9));
}

TEST_CASE("values that are not finite are left out") {
    MovingAverage average = filled(2, {not_a_number});
    CHECK_FALSE(average.value().has_value());
    for (double value : {1.0, infinity, -infinity, 4.0, not_a_number}) average.add(value);
    CHECK(is(average, 2.5));
    CHECK(average.count() == 2);
    average.add(6);
    CHECK(is(average, 5));
}

TEST_CASE("reset") {
    MovingAverage average = filled(2, {1, 2, 3});
    average.reset();
    CHECK_FALSE(average.value().has_value());
    CHECK(average.count() == 0);
    average.add(10);
    CHECK(is(average, 10));
    average.add(20);
    average.add(30);
    CHECK(is(average, 25));
}
