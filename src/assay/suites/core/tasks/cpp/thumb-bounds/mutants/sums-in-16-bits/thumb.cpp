#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "raster.hpp"

// The part of a picture whose upper left corner is at column x and row y.
std::vector<std::uint8_t> crop(const std::vector<std::uint8_t>& file, int x, int y, int width, int height) {
    Raster whole = decode(file);
    if (x < 0 || y < 0 || width < 1 || height < 1) throw std::invalid_argument("no such part");
    std::int64_t right = std::int64_t{x} + width;
    std::int64_t bottom = std::int64_t{y} + height;
    if (right > whole.width || bottom > whole.height) throw std::out_of_range("outside the picture");
    Raster part{static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), {}};
    for (std::int64_t row = y; row < bottom; ++row) {
        for (std::int64_t column = x; column < right; ++column) part.pixels.push_back(whole.at(column, row));
    }
    return encode(part);
}

// The picture made smaller: each block of factor × factor pixels becomes one.
std::vector<std::uint8_t> shrink(const std::vector<std::uint8_t>& file, int factor) {
    Raster whole = decode(file);
    if (factor < 1) throw std::invalid_argument("no such factor");
    std::uint64_t step = static_cast<std::uint64_t>(factor);
    auto blocks = [step](std::uint32_t size) { return static_cast<std::uint32_t>((size + step - 1) / step); };
    Raster small{blocks(whole.width), blocks(whole.height), {}};
    for (std::uint64_t top = 0; top < whole.height; top += step) {
        std::uint64_t bottom = std::min<std::uint64_t>(top + step, whole.height);
        for (std::uint64_t left = 0; left < whole.width; left += step) {
            std::uint64_t right = std::min<std::uint64_t>(left + step, whole.width);
            std::uint16_t sum = 0;
            for (std::uint64_t row = top; row < bottom; ++row) {
                for (std::uint64_t column = left; column < right; ++column) sum += whole.at(column, row);
            }
            std::uint64_t count = (bottom - top) * (right - left);
            small.pixels.push_back(static_cast<std::uint8_t>((sum + count / 2) / count));
        }
    }
    return encode(small);
}
