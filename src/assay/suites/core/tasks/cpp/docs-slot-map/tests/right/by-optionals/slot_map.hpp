#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
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
        if (next_ == none) {
            cells_.emplace_back();
            next_ = static_cast<std::uint32_t>(cells_.size() - 1);
        }
        Cell& cell = cells_[next_];
        const Handle made{next_, cell.generation};
        next_ = std::exchange(cell.next, none);
        cell.value.emplace(std::move(value));
        return made;
    }

    bool contains(Handle handle) const { return find(handle) != nullptr; }

    T& at(Handle handle) {
        if (const Cell* cell = find(handle)) {
            return const_cast<T&>(*cell->value);
        }
        throw std::out_of_range("no such value");
    }

    bool erase(Handle handle) {
        if (!find(handle)) {
            return false;
        }
        Cell& cell = cells_[handle.slot];
        cell.value.reset();
        cell.generation += 1;
        cell.next = std::exchange(next_, handle.slot);
        return true;
    }

    std::size_t size() const {
        return std::count_if(cells_.begin(), cells_.end(), [](const Cell& cell) { return cell.value.has_value(); });
    }

    std::vector<Handle> handles() const {
        std::vector<Handle> all;
        std::uint32_t at = 0;
        for (const Cell& cell : cells_) {
            if (cell.value) {
                all.push_back(Handle{at, cell.generation});
            }
            ++at;
        }
        return all;
    }

  private:
    static constexpr std::uint32_t none = 0xffffffff;

    struct Cell {
        std::optional<T> value;
        std::uint32_t generation = 1;
        std::uint32_t next = none;
    };

    const Cell* find(Handle handle) const {
        if (handle.slot >= cells_.size()) {
            return nullptr;
        }
        const Cell& cell = cells_[handle.slot];
        return cell.value && cell.generation == handle.generation ? &cell : nullptr;
    }

    std::vector<Cell> cells_;
    std::uint32_t next_ = none;
};
