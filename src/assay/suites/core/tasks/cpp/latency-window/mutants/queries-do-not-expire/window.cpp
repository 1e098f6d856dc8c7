#include <cstdint>
#include <deque>
#include <stdexcept>
#include <utility>

// The values of the last `length` milliseconds. `rising` and `falling` hold the candidates for
// the smallest and the largest one, so that each value is put in and taken out once.
class LatencyWindow {
public:
    explicit LatencyWindow(long long length) : length_(length) {
        if (length <= 0) throw std::invalid_argument("length must be positive");
    }

    void add(long long at, long long value) {
        advance(at);
        all_.emplace_back(at, value);
        sum_ += value;
        while (!rising_.empty() && rising_.back().second >= value) rising_.pop_back();
        rising_.emplace_back(at, value);
        while (!falling_.empty() && falling_.back().second <= value) falling_.pop_back();
        falling_.emplace_back(at, value);
    }

    int count(long long now) {
        advance(now);
        return static_cast<int>(all_.size());
    }

    long long min(long long now) {
        require_values(now);
        return rising_.front().second;
    }

    long long max(long long now) {
        require_values(now);
        return falling_.front().second;
    }

    double mean(long long now) {
        require_values(now);
        return static_cast<double>(sum_) / static_cast<double>(all_.size());
    }

private:
    using Values = std::deque<std::pair<long long, long long>>;

    void advance(long long now) {
        if (started_ && now < latest_) throw std::invalid_argument("time runs backwards");
        started_ = true;
        latest_ = now;
        while (!all_.empty() && all_.front().first <= now - length_) {
            sum_ -= all_.front().second;
            all_.pop_front();
        }
        for (Values* values : {&rising_, &falling_}) {
            while (!values->empty() && values->front().first <= now - length_) values->pop_front();
        }
    }

    void require_values(long long now) {
        if (started_ && now < latest_) throw std::invalid_argument("time runs backwards");
        if (all_.empty()) throw std::out_of_range("no values in the window");
    }

    long long length_;
    long long latest_ = 0;
    bool started_ = false;
    long long sum_ = 0;
    Values all_;
    Values rising_;
    Values falling_;
};
