#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// `added` was put where `removed` had been.
struct Change {
    int pos;
    std::string removed;
    std::string added;
};

// The latest changes, and those that were taken back.
class History {
public:
    explicit History(int limit) : limit_(static_cast<std::size_t>(limit)) {}

    void record(Change change) {
        undone_.clear();
        done_.push_back(std::move(change));
        if (done_.size() > limit_ + 1) done_.erase(done_.begin());
    }

    std::optional<Change> take_back() { return move_last(done_, undone_); }

    std::optional<Change> take_again() { return move_last(undone_, done_); }

private:
    static std::optional<Change> move_last(std::vector<Change>& from, std::vector<Change>& to) {
        if (from.empty()) return std::nullopt;
        to.push_back(from.back());
        from.pop_back();
        return to.back();
    }

    std::size_t limit_;
    std::vector<Change> done_;
    std::vector<Change> undone_;
};
