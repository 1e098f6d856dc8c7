#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class Handle {
public:
    Handle() = default;
    bool operator==(const Handle& other) const { return bits == other.bits; }

private:
    friend class HandleTable;
    explicit Handle(std::uint64_t bits) : bits(bits) {}
    std::uint64_t bits = 0;
};

class HandleTable {
public:
    explicit HandleTable(std::size_t most);
    std::optional<Handle> add(const std::string& text);
    const std::string* find(Handle handle) const;
    bool replace(Handle handle, const std::string& text);
    bool remove(Handle handle);
    void clear();
    std::size_t size() const { return used; }

private:
    struct Slot {
        std::uint64_t bits;
        std::unique_ptr<std::string> text;
    };
    Slot* slot(Handle handle) const;
    void empty(std::size_t at);

    mutable std::vector<Slot> slots;
    std::deque<std::size_t> unused;
    std::size_t most;
    std::size_t used = 0;
};
