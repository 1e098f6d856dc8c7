#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

// Something that is to be switched at a minute, and perhaps again and again.
struct Timer {
    int id;
    long long due;
    long long every;
    std::vector<int> cancels;
    long long place;  // among all that were ever added
};

// The timers that wait, the one that is due first in front.
class TimerQueue {
public:
    void put(const Timer& timer) { timers_.emplace(std::pair{timer.due, timer.place}, timer); }

    bool remove(int id) {
        for (auto at = timers_.begin(); at != timers_.end(); ++at) {
            if (at->second.id == id) {
                timers_.erase(at);
                return true;
            }
        }
        return false;
    }

    // All timers of the first minute.
    std::vector<Timer> take_minute(long long minute) {
        std::vector<Timer> due;
        while (!timers_.empty() && timers_.begin()->second.due == minute) {
            due.push_back(timers_.begin()->second);
            timers_.erase(timers_.begin());
        }
        return due;
    }

    std::optional<long long> next() const {
        if (timers_.empty()) return std::nullopt;
        return timers_.begin()->second.due;
    }

private:
    std::map<std::pair<long long, long long>, Timer> timers_;  // by minute and place
};
