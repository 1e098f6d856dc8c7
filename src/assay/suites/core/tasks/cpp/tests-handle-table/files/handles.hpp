#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Handle {
    std::uint32_t place = 0;
    std::uint32_t round = 0;

    bool operator==(const Handle&) const = default;
};

// Keeps texts, and finds them again by handles.
class HandleTable {
public:
    explicit HandleTable(std::size_t most);

    std::optional<Handle> add(const std::string& text);
    const std::string* find(Handle handle) const;
    bool replace(Handle handle, const std::string& text);
    bool remove(Handle handle);
    void clear();
    std::size_t size() const;

private:
    struct Place {
        std::uint32_t round = 1;
        std::optional<std::string> text;
    };

    std::size_t most_;
    std::vector<Place> places_;
    std::vector<std::uint32_t> free_;
};
