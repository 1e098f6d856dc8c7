#include "handles.hpp"

HandleTable::HandleTable(std::size_t most) : most_(most) {}

std::optional<Handle> HandleTable::add(const std::string& text) {
    if (size() == most_) {
        return std::nullopt;
    }
    if (free_.empty()) {
        free_.push_back(static_cast<std::uint32_t>(places_.size()));
        places_.emplace_back();
    }
    const std::uint32_t at = free_.back();
    free_.pop_back();
    places_[at].text = text;
    return Handle{at, places_[at].round};
}

const std::string* HandleTable::find(Handle handle) const {
    if (handle.place >= places_.size()) {
        return nullptr;
    }
    const Place& place = places_[handle.place];
    return place.round == handle.round && place.text ? &*place.text : nullptr;
}

bool HandleTable::replace(Handle handle, const std::string& text) {
    if (handle.place >= places_.size() || !places_[handle.place].text) {
        return false;
    }
    places_[handle.place].text = text;
    return true;
}

bool HandleTable::remove(Handle handle) {
    if (!find(handle)) {
        return false;
    }
    Place& place = places_[handle.place];
    place.text.reset();
    ++place.round;
    free_.push_back(handle.place);
    return true;
}

void HandleTable::clear() {
    for (std::uint32_t at = 0; at < places_.size(); ++at) {
        remove(Handle{at, places_[at].round});
    }
}

std::size_t HandleTable::size() const {
    return places_.size() - free_.size();
}
