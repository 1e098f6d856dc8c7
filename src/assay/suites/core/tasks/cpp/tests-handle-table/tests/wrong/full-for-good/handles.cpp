#include "handles.hpp"

std::optional<Handle> HandleTable::add(const std::string& text) {
    if (last >= room) return {};
    texts.emplace(++last, text);
    return Handle{last};
}

const std::string* HandleTable::find(Handle handle) const {
    const auto found = texts.find(handle.number);
    return found == texts.end() ? nullptr : &found->second;
}

bool HandleTable::replace(Handle handle, const std::string& text) {
    const auto found = texts.find(handle.number);
    if (found == texts.end()) return false;
    found->second = text;
    return true;
}
