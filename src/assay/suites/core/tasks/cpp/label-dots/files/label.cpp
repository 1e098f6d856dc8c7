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
    // TO BE WRITTEN
}

// Prints a picture onto a label, with its upper left dot at column x and row y.
void stamp(Rows& label, const Rows& picture, int x, int y) {
    // TO BE WRITTEN
}

// The bytes that the printer wants.
std::vector<std::uint8_t> pack(const Rows& rows) {
    // TO BE WRITTEN
}
