#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>

#include "history.hpp"

// Text that can be changed, and changed back.
class TextBuffer {
public:
    explicit TextBuffer(std::string text, int limit) : text_(std::move(text)), history_(limit) {}

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
        std::string result;
        std::size_t at = 0;
        for (std::size_t hit; (hit = text_.find(from, at)) != std::string::npos; at = hit + from.size()) {
            result += text_.substr(at, hit - at) + to;
            ++count;
        }
        result += text_.substr(at);
        apply({0, text_, result});
        return count;
    }

    bool undo() {
        auto change = history_.take_back();
        if (change) text_.replace(static_cast<std::size_t>(change->pos), change->added.size(), change->removed);
        return change.has_value();
    }

    bool redo() {
        auto change = history_.take_again();
        if (change) text_.replace(static_cast<std::size_t>(change->pos), change->removed.size(), change->added);
        return change.has_value();
    }

    std::string text() const { return text_; }

private:
    void check(int pos) const {
        if (pos < 0 || static_cast<std::size_t>(pos) > text_.size()) throw std::out_of_range("bad position");
    }

    void apply(const Change& change) {
        if (change.removed == change.added) return;
        text_.replace(static_cast<std::size_t>(change.pos), change.removed.size(), change.added);
        history_.record(change);
    }

    std::string text_;
    History history_;
};
