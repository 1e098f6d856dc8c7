#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

struct Handle {
    unsigned long number{};

    friend bool operator==(const Handle& a, const Handle& b) { return a.number == b.number; }
};

class HandleTable {
    std::size_t room;
    unsigned long last = 0;
    std::map<unsigned long, std::string> texts;

public:
    explicit HandleTable(std::size_t most) : room(most) {}

    std::optional<Handle> add(const std::string& text);
    const std::string* find(Handle handle) const;
    bool replace(Handle handle, const std::string& text);
    bool remove(Handle handle) { return texts.erase(handle.number) > 0; }
    void clear() { texts.clear(); }
    std::size_t size() const { return texts.size(); }
};
