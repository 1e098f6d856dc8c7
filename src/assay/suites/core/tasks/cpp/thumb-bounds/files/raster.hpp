#pragma once

#include <cstdint>
#include <stdexcept>
#include <vector>

// A picture in shades of grey, row by row.
struct Raster {
    int width;
    int height;
    std::vector<std::uint8_t> pixels;
};

// A number of four bytes, the lowest first.
inline int read_number(const std::vector<std::uint8_t>& file, int at) {
    int number = 0;
    for (int i = 3; i >= 0; --i) number = number * 256 + static_cast<signed char>(file[at + i]);
    return number;
}

inline Raster decode(const std::vector<std::uint8_t>& file) {
    if (file.size() < 12) throw std::invalid_argument("no picture");
    if (file[0] != 'G' || file[1] != 'R' || file[2] != 'Y' || file[3] != '1') throw std::invalid_argument("no picture");
    int width = read_number(file, 4);
    int height = read_number(file, 8);
    if (static_cast<int>(file.size()) < 12 + width * height) throw std::invalid_argument("pixels are missing");
    return {width, height, std::vector<std::uint8_t>(file.begin() + 12, file.end())};
}

inline std::vector<std::uint8_t> encode(const Raster& raster) {
    std::vector<std::uint8_t> file{'G', 'R', 'Y', '1'};
    for (int number : {raster.width, raster.height}) {
        for (int i = 0; i < 4; ++i) file.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    }
    file.insert(file.end(), raster.pixels.begin(), raster.pixels.end());
    return file;
}
