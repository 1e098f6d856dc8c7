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
    /// Keeps a value, and returns the handle to it. The slot that was emptied last is used again, under the next
    /// generation; else there is a new one, whose first generation is 1.
    ///
    /// @code
    /// SlotMap<char> map;
    /// assert((map.insert('a') == Handle{0, 1}));
    /// const Handle b = map.insert('b');
    /// assert((b == Handle{1, 1}));
    /// map.insert('c');
    /// map.erase({0, 1});
    /// map.erase(b);
    /// assert((map.insert('d') == Handle{1, 2}));
    /// assert((map.insert('e') == Handle{0, 2}));
    /// assert((map.insert('f') == Handle{3, 1}));
    /// assert(map.at({1, 2}) == 'd');
    /// @endcode
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

    /// Whether the value that the handle was given for is still there.
    ///
    /// @code
    /// SlotMap<int> map;
    /// const Handle first = map.insert(1);
    /// assert(map.contains(first));
    /// assert(!map.contains({0, 0}));
    /// assert(!map.contains({1, 1}));
    /// map.erase(first);
    /// assert(map.contains(first));
    /// assert(!map.contains({0, 2}));
    /// map.insert(2);
    /// assert(!map.contains(first));
    /// assert(map.contains({0, 2}));
    /// @endcode
    bool contains(Handle handle) const {
        return handle.slot < slots_.size() && slots_[handle.slot].used &&
               slots_[handle.slot].generation == handle.generation;
    }

    /// The value, which may be changed in its place; a handle whose value is gone throws, also if its slot is used
    /// again.
    ///
    /// @code
    /// SlotMap<int> map;
    /// const Handle first = map.insert(1);
    /// map.at(first) += 4;
    /// assert(map.at(first) == 5);
    /// map.erase(first);
    /// const Handle second = map.insert(2);
    /// assert(map.at(second) == 2);
    /// map.at(first); // throws std::out_of_range
    /// map.at({7, 1}); // throws std::out_of_range
    /// @endcode
    T& at(Handle handle) {
        if (!contains(handle)) {
            throw std::out_of_range("the handle is stale");
        }
        return slots_[handle.slot].value;
    }

    /// Takes a value out, and says whether it was there. What it held is let go at once.
    ///
    /// @code
    /// #include <memory>
    /// SlotMap<std::shared_ptr<int>> map;
    /// const auto value = std::make_shared<int>(1);
    /// const Handle first = map.insert(value);
    /// assert(value.use_count() == 2);
    /// assert(map.erase(first));
    /// assert(value.use_count() == 1);
    /// assert(!map.erase(first));
    /// const Handle second = map.insert(value);
    /// assert(!map.erase(first));
    /// assert(map.contains(second));
    /// assert(!map.contains(first));
    /// assert(map.size() == 1);
    /// @endcode
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

    /// How many values there are.
    ///
    /// @code
    /// SlotMap<int> map;
    /// assert(map.size() == 0);
    /// const Handle first = map.insert(1);
    /// map.insert(1);
    /// assert(map.size() == 2);
    /// map.erase(first);
    /// map.erase(first);
    /// assert(map.size() == 1);
    /// map.insert(3);
    /// assert(map.size() == 2);
    /// @endcode
    std::size_t size() const { return size_; }

    /// The handles of all values, in the order of their slots.
    ///
    /// @code
    /// SlotMap<int> map;
    /// assert(map.handles().empty());
    /// const Handle first = map.insert(1);
    /// const Handle second = map.insert(2);
    /// map.insert(3);
    /// map.erase(first);
    /// assert((map.handles() == std::vector<Handle>{{1, 1}, {2, 1}}));
    /// map.erase(second);
    /// map.insert(4);
    /// map.insert(5);
    /// assert((map.handles() == std::vector<Handle>{{0, 2}, {1, 2}, {2, 1}}));
    /// @endcode
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
