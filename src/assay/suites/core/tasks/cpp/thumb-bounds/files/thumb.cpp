#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "raster.hpp"

// The part of a picture whose upper left corner is at column x and row y.
std::vector<std::uint8_t> crop(const std::vector<std::uint8_t>& file, int x, int y, int width, int height) {
    Raster whole = decode(file);
    if (x < 0 || y < 0 || width < 1 || height < 1) throw std::invalid_argument("no such part");
    if (x + width >= whole.width || y + height >= whole.height) throw std::out_of_range("outside the picture");
    Raster part{width, height, {}};
    for (int row = y; row < y + height; ++row) {
        for (int column = x; column < x + width; ++column) part.pixels.push_back(whole.pixels[row * whole.width + column]);
    }
    return encode(part);
}

// The picture made smaller: each block of factor × factor pixels becomes one.
std::vector<std::uint8_t> shrink(const std::vector<std::uint8_t>& file, int factor) {
    Raster whole = decode(file);
    if (factor < 1) throw std::invalid_argument("no such factor");
    Raster small{(whole.width + factor - 1) / factor, (whole.height + factor - 1) / factor, {}};
    for (int top = 0; top < whole.height; top += factor) {
        for (int left = 0; left < whole.width; left += factor) {
            std::uint8_t sum = 0;
            for (int row = top; row < std::min(top + factor, whole.height); ++row) {
                for (int column = left; column < std::min(left + factor, whole.width); ++column) {
                    sum += whole.pixels[row * whole.width + column];
                }
            }
            small.pixels.push_back(static_cast<std::uint8_t>(sum / (factor * factor)));
        }
    }
    return encode(small);
}
