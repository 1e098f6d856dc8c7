#include "handles.hpp"

// The lower half of the bits is the place, counted from 1; the upper half grows with each use of it.
static constexpr std::uint64_t one_use = std::uint64_t{1} << 32;

HandleTable::HandleTable(std::size_t most) : most(most) {}

HandleTable::Slot* HandleTable::slot(Handle handle) const {
    const std::uint64_t at = handle.bits % one_use;
    if (at == 0 || at > slots.size()) return nullptr;
    Slot& found = slots[at - 1];
    return found.text && found.bits == handle.bits ? &found : nullptr;
}

std::optional<Handle> HandleTable::add(const std::string& text) {
    if (used == most) return std::nullopt;
    std::size_t at = slots.size();
    if (unused.empty()) {
        slots.push_back({at + 1, nullptr});
    } else {
        at = unused.front();
        unused.pop_front();
    }
    slots[at].text = std::make_unique<std::string>(text);
    ++used;
    return Handle(slots[at].bits);
}

const std::string* HandleTable::find(Handle handle) const {
    const Slot* found = slot(handle);
    return found ? found->text.get() : nullptr;
}

bool HandleTable::replace(Handle handle, const std::string& text) {
    Slot* found = slot(handle);
    if (found) found->text = std::make_unique<std::string>(text);
    return found != nullptr;
}

void HandleTable::empty(std::size_t at) {
    slots[at].text = nullptr;
    slots[at].bits += one_use;
    unused.push_back(at);
    --used;
}

bool HandleTable::remove(Handle handle) {
    Slot* found = slot(handle);
    if (!found) return false;
    empty(found - slots.data());
    return true;
}

void HandleTable::clear() {
    for (std::size_t at = 0; at < slots.size(); ++at) {
        if (slots[at].text) empty(at);
    }
}
