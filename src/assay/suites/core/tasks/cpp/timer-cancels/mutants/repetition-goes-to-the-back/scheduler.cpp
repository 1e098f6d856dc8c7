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
        queue_.remove(id);
        queue_.put({id, due, every, cancels, added_++});
    }

    bool cancel(int id) { return queue_.remove(id); }

    std::vector<std::pair<int, long long>> advance(long long now) {
        if (now < now_) throw std::invalid_argument("the clock runs backwards");
        now_ = now;
        std::vector<std::pair<int, long long>> fired;
        while (std::optional<Timer> timer = queue_.take_due(now)) {
            fired.emplace_back(timer->id, timer->due);
            if (timer->every > 0) {
                Timer again = *timer;
                again.due += again.every;
                again.place = added_++;
                queue_.put(again);
            }
            for (int other : timer->cancels) queue_.remove(other);  // which may be itself
        }
        return fired;
    }

    std::optional<long long> next() const { return queue_.next(); }

private:
    TimerQueue queue_;
    long long added_ = 0;
    long long now_ = std::numeric_limits<long long>::min();
};
