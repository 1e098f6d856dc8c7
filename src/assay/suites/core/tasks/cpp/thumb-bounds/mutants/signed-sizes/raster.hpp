#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

// A picture in shades of grey, row by row.
struct Raster {
    std::uint32_t width;
    std::uint32_t height;
    std::vector<std::uint8_t> pixels;

    std::uint8_t at(std::uint64_t column, std::uint64_t row) const { return pixels[row * width + column]; }
};

// A number of four bytes, the lowest first.
inline std::uint32_t read_number(const std::vector<std::uint8_t>& file, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;) number = number << 8 | file[at + i];
    return number;
}

inline Raster decode(const std::vector<std::uint8_t>& file) {
    if (file.size() < 12) throw std::invalid_argument("no picture");
    if (file[0] != 'G' || file[1] != 'R' || file[2] != 'Y' || file[3] != '1') throw std::invalid_argument("no picture");
    int width = static_cast<int>(read_number(file, 4));
    int height = static_cast<int>(read_number(file, 8));
    if (width == 0 || height == 0) throw std::invalid_argument("an empty picture");
    if (file.size() - 12 != static_cast<std::size_t>(width * height)) throw std::invalid_argument("not as many pixels as it says");
    return {static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), std::vector<std::uint8_t>(file.begin() + 12, file.end())};
}

inline std::vector<std::uint8_t> encode(const Raster& raster) {
    std::vector<std::uint8_t> file{'G', 'R', 'Y', '1'};
    for (std::uint32_t number : {raster.width, raster.height}) {
        for (int i = 0; i < 4; ++i) file.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    }
    file.insert(file.end(), raster.pixels.begin(), raster.pixels.end());
    return file;
}
