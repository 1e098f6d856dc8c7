#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

struct Stretch {
    int from;
    int to;
    int limit;
};

namespace {

// A value for each metre of a road: the keys are the metres where it changes, the first one is 0.
template <class Value>
class Layer {
public:
    explicit Layer(Value value) : starts_{{0, value}} {}

    Value at(int metre) const { return std::prev(starts_.upper_bound(metre))->second; }

    const std::map<int, Value>& starts() const { return starts_; }

    void set(int from, int to, Value value) {
        split(from);
        split(to);
        starts_.erase(starts_.lower_bound(from), starts_.lower_bound(to));
        starts_.emplace(from, value);
    }

    void insert(int metre, int length, Value value) {
        split(metre);
        move(metre, length);
        starts_[metre] = value;
    }

    void cut(int from, int to) {
        split(from);
        split(to);
        starts_.erase(starts_.lower_bound(from), starts_.lower_bound(to));
        move(to, from - to);
    }

private:
    void split(int metre) { starts_.emplace(metre, at(metre)); }

    // All that begins at this metre or after it begins elsewhere now.
    void move(int metre, int by) {
        std::map<int, Value> moved;
        for (auto at = starts_.lower_bound(metre); at != starts_.end(); at = starts_.erase(at)) {
            moved.emplace(at->first + by, at->second);
        }
        starts_.merge(moved);
    }

    std::map<int, Value> starts_;
};

}  // namespace

class Road {
public:
    Road(int length, int limit) : length_(length), lasting_(limit), works_(std::nullopt) {
        if (length < 1) throw std::invalid_argument("a road has at least one metre");
        check_limit(limit);
    }

    void set_limit(int from, int to, int limit) {
        check_part(from, to);
        check_limit(limit);
        lasting_.set(from, to, limit);
    }

    void start_works(int from, int to, int limit) {
        check_part(from, to);
        check_limit(limit);
        works_.set(from, to, limit);
    }

    void end_works(int from, int to) {
        check_part(from, to);
        works_.set(from, to, std::nullopt);
    }

    void insert(int metre, int length) {
        if (metre < 0 || metre > length_) throw std::out_of_range("not on the road");
        if (length < 1) throw std::invalid_argument("nothing to insert");
        std::optional<int> inside;
        if (metre > 0 && metre < length_ && works_.at(metre - 1) == works_.at(metre)) inside = works_.at(metre);
        lasting_.insert(metre, length, lasting_.at(metre > 0 ? metre - 1 : 0));
        works_.insert(metre, length, inside);
        length_ += length;
    }

    void cut(int from, int to) {
        check_part(from, to);
        if (to - from == length_) throw std::invalid_argument("nothing would be left");
        lasting_.cut(from, to);
        works_.cut(from, to);
        length_ -= to - from;
    }

    int limit_at(int metre) const {
        if (metre < 0 || metre >= length_) throw std::out_of_range("not on the road");
        int lasting = lasting_.at(metre);
        std::optional<int> works = works_.at(metre);
        return works && *works < lasting ? *works : lasting;
    }

    std::vector<Stretch> stretches() const {
        std::map<int, int> limits;
        for (const auto& [start, limit] : lasting_.starts()) {
            if (start < length_) limits[start] = limit_at(start);
        }
        for (const auto& [start, limit] : works_.starts()) {
            if (start < length_) limits[start] = limit_at(start);
        }
        std::vector<Stretch> found;
        for (const auto& [start, limit] : limits) {
            if (!found.empty() && found.back().limit == limit) continue;
            if (!found.empty()) found.back().to = start;
            found.push_back({start, length_, limit});
        }
        return found;
    }

private:
    void check_part(int from, int to) const {
        if (from < 0 || from >= length_ || to > length_) throw std::out_of_range("not on the road");
        if (from >= to) throw std::invalid_argument("an empty part");
    }

    static void check_limit(int limit) {
        if (limit < 1 || limit > 200) throw std::invalid_argument("no such limit");
    }

    int length_;
    Layer<int> lasting_;
    Layer<std::optional<int>> works_;
};
