#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

using Bytes = std::vector<std::uint8_t>;

struct Section {
    int kind;
    std::uint32_t offset;
    std::uint32_t size;
};

constexpr std::size_t header_size = 12;
constexpr std::size_t entry_size = 10;

// Reads numbers from a place in a file, the highest byte first.
class Reader {
public:
    Reader(const Bytes& file, std::size_t at) : file_(file), at_(at) {}

    std::uint16_t u16() {
        // TO BE WRITTEN
    }

    std::uint32_t u32() {
        // TO BE WRITTEN
    }

private:
    std::uint8_t next() {
        if (at_ >= file_.size()) throw std::runtime_error("the file ends too early");
        return file_[at_++];
    }

    const Bytes& file_;
    std::size_t at_;
};

// The checksum of everything behind the header.
std::uint32_t checksum(const Bytes& file) {
    // TO BE WRITTEN
}

// The sections of an image that is in order, in the order of its table.
std::vector<Section> sections(const Bytes& file) {
    // TO BE WRITTEN
}

// The content of the section of this kind.
std::optional<Bytes> content(const Bytes& file, int kind) {
    for (const Section& section : sections(file)) {
        if (section.kind == kind) {
            auto begin = file.begin() + section.offset;
            return Bytes(begin, begin + section.size);
        }
    }
    return std::nullopt;
}
