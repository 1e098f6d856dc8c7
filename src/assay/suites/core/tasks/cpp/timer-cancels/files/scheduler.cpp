#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "timers.hpp"

// Switches the devices of a building at their minutes.
class Scheduler {
public:
    void add(int id, long long due, long long every, const std::vector<int>& cancels) {
        if (every < 0) throw std::invalid_argument("a timer cannot repeat backwards");
        queue_.put({id, due, every, cancels});
    }

    bool cancel(int id) { return queue_.remove(id); }

    std::vector<std::pair<int, long long>> advance(long long now) {
        if (now < now_) throw std::invalid_argument("the clock runs backwards");
        now_ = now;
        std::vector<std::pair<int, long long>> fired;
        for (const Timer& timer : queue_.take_due(now)) {
            fired.emplace_back(timer.id, timer.due);
            for (int other : timer.cancels) queue_.remove(other);
            if (timer.every > 0) queue_.put({timer.id, now + timer.every, timer.every, timer.cancels});
        }
        return fired;
    }

    std::optional<long long> next() const { return queue_.next(); }

private:
    TimerQueue queue_;
    long long now_ = std::numeric_limits<long long>::min();
};
