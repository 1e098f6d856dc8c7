#pragma once

#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

struct Handle {
    std::uint32_t slot = 0;
    std::uint32_t generation = 0;

    bool operator==(const Handle&) const = default;
};

template <class T>
class SlotMap {
  public:
    Handle insert(T value) {
        if (free_.empty()) {
            slots_.push_back({std::move(value), 1, true});
            ++size_;
            return {static_cast<std::uint32_t>(slots_.size() - 1), 1};
        }
        const std::uint32_t slot = free_.back();
        free_.pop_back();
        slots_[slot].value = std::move(value);
        slots_[slot].used = true;
        ++size_;
        return {slot, slots_[slot].generation};
    }

    bool contains(Handle handle) const {
        return handle.slot < slots_.size() && slots_[handle.slot].used &&
               slots_[handle.slot].generation == handle.generation;
    }

    T& at(Handle handle) {
        if (!contains(handle)) {
            throw std::out_of_range("the handle is stale");
        }
        return slots_[handle.slot].value;
    }

    bool erase(Handle handle) {
        if (!contains(handle)) {
            return false;
        }
        Slot& slot = slots_[handle.slot];
        slot.value = T{};
        slot.used = false;
        ++slot.generation;
        free_.push_back(handle.slot);
        --size_;
        return true;
    }

    std::size_t size() const { return size_; }

    std::vector<Handle> handles() const {
        std::vector<Handle> found;
        for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
            if (slots_[slot].used) {
                found.push_back({slot, slots_[slot].generation});
            }
        }
        return found;
    }

  private:
    struct Slot {
        T value;
        std::uint32_t generation;
        bool used;
    };

    std::vector<Slot> slots_;
    std::vector<std::uint32_t> free_;
    std::size_t size_ = 0;
};
