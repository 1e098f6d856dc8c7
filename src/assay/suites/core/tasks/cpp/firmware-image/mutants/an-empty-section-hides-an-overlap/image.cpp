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
        std::uint16_t high = next();
        return static_cast<std::uint16_t>(high << 8 | next());
    }

    std::uint32_t u32() {
        std::uint32_t high = u16();
        return high << 16 | u16();
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
    std::uint32_t low = 1;
    std::uint32_t high = 0;
    for (std::size_t i = header_size; i < file.size(); ++i) {
        low = (low + file[i]) % 65521;
        high = (high + low) % 65521;
    }
    return high << 16 | low;
}

// The sections of an image that is in order, in the order of its table.
std::vector<Section> sections(const Bytes& file) {
    Reader header(file, 0);
    if (header.u32() != 0x46574d31) throw std::runtime_error("no firmware image");
    std::uint16_t version = header.u16();
    std::size_t count = header.u16();
    std::uint32_t sum = header.u32();
    if (version != 1) throw std::runtime_error("a version that is not known");
    if (sum != checksum(file)) throw std::runtime_error("the checksum is wrong");

    std::size_t table_end = header_size + count * entry_size;
    std::vector<Section> found;
    Reader table(file, header_size);
    for (std::size_t i = 0; i < count; ++i) {
        int kind = table.u16();
        std::uint32_t offset = table.u32();
        std::uint32_t size = table.u32();
        if (offset < table_end || offset > file.size() || size > file.size() - offset) {
            throw std::runtime_error("a section outside of the file");
        }
        for (const Section& other : found) {
            if (other.kind == kind) throw std::runtime_error("two sections of one kind");
        }
        found.push_back({kind, offset, size});
    }
    std::vector<Section> sorted = found;
    std::sort(sorted.begin(), sorted.end(), [](const Section& a, const Section& b) { return a.offset < b.offset; });
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        const Section& before = sorted[i - 1];
        if (before.size > 0 && sorted[i].size > 0 && sorted[i].offset < std::uint64_t{before.offset} + before.size) {
            throw std::runtime_error("sections overlap");
        }
    }
    return found;
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
