#include <limits>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "timers.hpp"

// Switches the devices of a building at their minutes.
class Scheduler {
public:
    void add(int id, long long due, long long every, const std::vector<int>& cancels) {
        if (every < 0) throw std::invalid_argument("a timer cannot repeat backwards");
        queue_.remove(id);
        queue_.put({id, due, every, cancels, added_++});
    }

    bool cancel(int id) { return queue_.remove(id); }

    std::vector<std::pair<int, long long>> advance(long long now) {
        if (now < now_) throw std::invalid_argument("the clock runs backwards");
        now_ = now;
        std::vector<std::pair<int, long long>> fired;
        while (queue_.next() && *queue_.next() <= now) {
            std::set<int> gone;
            std::vector<Timer> again;
            for (Timer& timer : queue_.take_minute(*queue_.next())) {
                if (gone.contains(timer.id)) continue;
                fired.emplace_back(timer.id, timer.due);
                gone.insert(timer.cancels.begin(), timer.cancels.end());
                for (int other : timer.cancels) queue_.remove(other);
                if (timer.every > 0 && !gone.contains(timer.id)) {
                    timer.due += timer.every;
                    again.push_back(timer);
                }
            }
            for (const Timer& timer : again) queue_.put(timer);
        }
        return fired;
    }

    std::optional<long long> next() const { return queue_.next(); }

private:
    TimerQueue queue_;
    long long added_ = 0;
    long long now_ = std::numeric_limits<long long>::min();
};
