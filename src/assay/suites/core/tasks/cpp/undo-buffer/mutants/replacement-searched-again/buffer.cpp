#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// Text with a history of changes. Each change put `added` where `removed` had been.
class TextBuffer {
public:
    explicit TextBuffer(std::string text, int limit) : text_(std::move(text)), limit_(limit) {}

    void insert(int pos, const std::string& added) {
        check(pos);
        apply({pos, "", added});
    }

    void erase(int pos, int count) {
        check(pos);
        if (count < 0) throw std::out_of_range("negative count");
        apply({pos, text_.substr(static_cast<std::size_t>(pos), static_cast<std::size_t>(count)), ""});
    }

    // Replaces every occurrence, from left to right, as one change.
    int replace_all(const std::string& from, const std::string& to) {
        if (from.empty()) throw std::invalid_argument("nothing to look for");
        int count = 0;
        std::string result = text_;
        for (std::size_t hit = 0; (hit = result.find(from, hit)) != std::string::npos && count < 1000; ++hit) {
            result.replace(hit, from.size(), to);
            ++count;
        }
        apply({0, text_, result});
        return count;
    }

    bool undo() {
        if (done_.empty()) return false;
        Change change = done_.back();
        done_.pop_back();
        text_.replace(static_cast<std::size_t>(change.pos), change.added.size(), change.removed);
        undone_.push_back(change);
        return true;
    }

    bool redo() {
        if (undone_.empty()) return false;
        Change change = undone_.back();
        undone_.pop_back();
        text_.replace(static_cast<std::size_t>(change.pos), change.removed.size(), change.added);
        done_.push_back(change);
        return true;
    }

    std::string text() const { return text_; }

private:
    struct Change {
        int pos;
        std::string removed;
        std::string added;
    };

    void check(int pos) const {
        if (pos < 0 || static_cast<std::size_t>(pos) > text_.size()) throw std::out_of_range("bad position");
    }

    void apply(const Change& change) {
        if (change.removed == change.added) return;
        text_.replace(static_cast<std::size_t>(change.pos), change.removed.size(), change.added);
        undone_.clear();
        done_.push_back(change);
        if (done_.size() > static_cast<std::size_t>(limit_)) done_.erase(done_.begin());
    }

    std::string text_;
    int limit_;
    std::vector<Change> done_;
    std::vector<Change> undone_;
};
