#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

// Rows of dots: '#' is printed, '.' is not.
using Rows = std::vector<std::string>;

// The width of a picture whose rows are all right.
std::size_t width_of(const Rows& rows) {
    for (const std::string& row : rows) {
        if (row.size() != rows.front().size()) throw std::invalid_argument("rows of different length");
        if (row.find_first_not_of("#.") != std::string::npos) throw std::invalid_argument("neither a dot nor a hash");
    }
    return rows.empty() ? 0 : rows.front().size();
}

// Turns a picture by a quarter, clockwise.
Rows turn_right(const Rows& rows) {
    std::size_t width = width_of(rows);
    Rows turned(width, std::string(rows.size(), '.'));
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < width; ++column) {
            turned[column][rows.size() - 1 - row] = rows[row][column];
        }
    }
    return turned;
}

// Prints a picture onto a label, with its upper left dot at column x and row y.
void stamp(Rows& label, const Rows& picture, int x, int y) {
    auto width = static_cast<std::int64_t>(width_of(label));
    auto height = static_cast<std::int64_t>(label.size());
    width_of(picture);
    for (std::size_t row = 0; row < picture.size(); ++row) {
        std::int64_t to_row = y + static_cast<std::int64_t>(row);
        if (to_row < 0 || to_row >= height) continue;
        for (std::size_t column = 0; column < picture[row].size(); ++column) {
            std::int64_t to_column = x + static_cast<std::int64_t>(column);
            if (to_column < 0 || to_column >= width) continue;
            if (picture[row][column] == '#') label[to_row][to_column] = '#';
        }
    }
}

// The bytes that the printer wants.
std::vector<std::uint8_t> pack(const Rows& rows) {
    std::size_t width = width_of(rows);
    std::vector<std::uint8_t> bytes;
    for (const std::string& row : rows) {
        for (std::size_t start = 0; start < width; start += 8) {
            std::uint8_t byte = 0;
            for (std::size_t bit = 0; bit < 8 && start + bit < width; ++bit) {
                byte = static_cast<std::uint8_t>(byte << 1 | (row[start + bit] == '#' ? 1 : 0));
            }
            bytes.push_back(byte);
        }
    }
    return bytes;
}
