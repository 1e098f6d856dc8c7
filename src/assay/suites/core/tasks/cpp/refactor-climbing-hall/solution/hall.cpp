#include <algorithm>
#include <deque>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

// The bookings of a climbing hall: lanes, who is on them, and who waits. Minutes count from the opening.
class Hall {
public:
    explicit Hall(int lane_count) {
        if (lane_count < 1) {
            throw std::invalid_argument("no lanes");
        }
        for (int number = 1; number <= lane_count; ++number) {
            lanes_.push_back(Lane{number});
        }
    }

    // Asks for a lane; gives the lane's number, or 0 when there is none yet.
    int ask(const std::string& name, int minutes) {
        check_asked(name, minutes);
        const auto lane = std::find_if(lanes_.begin(), lanes_.end(), [](const Lane& one) { return one.takes(); });
        if (lane == lanes_.end()) {
            queue_.push_back({name, minutes});
            return 0;
        }
        lane->name = name;
        lane->end = now_ + minutes;
        return lane->number;
    }

    // Leaves early, or stops waiting. Whoever waits first gets the lane.
    bool leave(const std::string& name) {
        if (std::erase_if(queue_, [&](const Waiting& one) { return one.name == name; }) > 0) {
            return true;
        }
        Lane* lane = lane_of(name);
        if (lane == nullptr) {
            return false;
        }
        lane->name.clear();
        fill(*lane);
        return true;
    }

    // A lane is closed for rebuilding: whoever is on it may stay to the end, and nobody comes after.
    void close(int lane) { at(lane).closed = true; }

    // And opened again; whoever waits first gets it if it is free.
    void reopen(int lane) {
        at(lane).closed = false;
        fill(at(lane));
    }

    // Lets time go on, and says who came and went, like `15: ann left 2, bob on 2`.
    std::vector<std::string> advance(int minutes) {
        if (minutes < 0) {
            throw std::invalid_argument("time does not go back");
        }
        std::vector<std::string> told;
        for (const int end = now_ + minutes; now_ < end;) {
            ++now_;
            for (Lane& lane : lanes_) {
                pass_minute(lane, told);
            }
        }
        return told;
    }

    // When somebody who asks now gets a lane, at the earliest; -1 if nobody ever does.
    int forecast() const {
        std::vector<int> free_at;
        for (const Lane& lane : lanes_) {
            if (!lane.closed) {
                free_at.push_back(lane.is_free() ? now_ : lane.end);
            }
        }
        if (free_at.empty()) {
            return -1;
        }
        for (const Waiting& one : queue_) {
            *std::min_element(free_at.begin(), free_at.end()) += one.minutes;
        }
        return *std::min_element(free_at.begin(), free_at.end());
    }

    // Lane by lane: `ann until 15`, `free` or `closed`; a lane that will be closed has a star.
    std::vector<std::string> lanes() const {
        std::vector<std::string> told;
        for (const Lane& lane : lanes_) {
            told.push_back(lane.text());
        }
        return told;
    }

    // Who waits, the first one first.
    std::vector<std::string> waiting() const {
        std::vector<std::string> names;
        for (const Waiting& one : queue_) {
            names.push_back(one.name);
        }
        return names;
    }

    // For how many minutes somebody had a lane so far.
    int minutes(const std::string& name) const {
        const auto found = climbed_.find(name);
        return found == climbed_.end() ? 0 : found->second;
    }

private:
    struct Lane {
        int number;
        std::string name{};  // empty: the lane is free
        int end = 0;
        bool closed = false;

        bool is_free() const { return name.empty(); }
        bool takes() const { return is_free() && !closed; }

        std::string text() const {
            if (is_free()) {
                return closed ? "closed" : "free";
            }
            return name + " until " + std::to_string(end) + (closed ? " *" : "");
        }
    };

    struct Waiting {
        std::string name;
        int minutes;
    };

    Lane& at(int number) {
        if (number < 1 || number > static_cast<int>(lanes_.size())) {
            throw std::out_of_range("no lane " + std::to_string(number));
        }
        return lanes_[number - 1];
    }

    Lane* lane_of(const std::string& name) {
        for (Lane& lane : lanes_) {
            if (!lane.is_free() && lane.name == name) {
                return &lane;
            }
        }
        return nullptr;
    }

    void check_asked(const std::string& name, int minutes) {
        if (name.empty()) {
            throw std::invalid_argument("no name");
        }
        if (minutes < 5 || minutes > 120) {
            throw std::invalid_argument("from 5 to 120 minutes");
        }
        if (const Lane* lane = lane_of(name)) {
            throw std::logic_error(name + " is on lane " + std::to_string(lane->number));
        }
        if (std::any_of(queue_.begin(), queue_.end(), [&](const Waiting& one) { return one.name == name; })) {
            throw std::logic_error(name + " waits already");
        }
    }

    // Gives a lane that is free to whoever waits first.
    void fill(Lane& lane) {
        if (!lane.takes() || queue_.empty()) {
            return;
        }
        lane.name = queue_.front().name;
        lane.end = now_ + queue_.front().minutes;
        queue_.pop_front();
    }

    void pass_minute(Lane& lane, std::vector<std::string>& told) {
        if (lane.is_free()) {
            return;
        }
        ++climbed_[lane.name];
        if (lane.end != now_) {
            return;
        }
        const std::string number = std::to_string(lane.number);
        std::string text = std::to_string(now_) + ": " + lane.name + " left " + number;
        lane.name.clear();
        fill(lane);
        told.push_back(lane.is_free() ? text : text + ", " + lane.name + " on " + number);
    }

    std::vector<Lane> lanes_;
    std::deque<Waiting> queue_;
    std::map<std::string, int> climbed_;
    int now_ = 0;
};
