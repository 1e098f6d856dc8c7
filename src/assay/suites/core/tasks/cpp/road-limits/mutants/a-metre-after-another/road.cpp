#include <algorithm>
#include <optional>
#include <stdexcept>
#include <vector>

struct Stretch {
    int from;
    int to;
    int limit;
};

class Road {
public:
    Road(int length, int limit) {
        if (length < 1 || limit < 1 || limit > 200) throw std::invalid_argument("no such road");
        metres_.assign(length, {limit, 0});
    }

    void set_limit(int from, int to, int limit) {
        check(from, to, limit);
        for (int i = from; i < to; ++i) metres_[i].lasting = limit;
    }

    void start_works(int from, int to, int limit) {
        check(from, to, limit);
        for (int i = from; i < to; ++i) metres_[i].works = limit;
    }

    void end_works(int from, int to) {
        check(from, to, 1);
        for (int i = from; i < to; ++i) metres_[i].works = 0;
    }

    void insert(int metre, int length) {
        int size = static_cast<int>(metres_.size());
        if (metre < 0 || metre > size) throw std::out_of_range("not on the road");
        if (length < 1) throw std::invalid_argument("nothing to insert");
        Metre made{metres_[metre > 0 ? metre - 1 : 0].lasting, 0};
        if (metre > 0 && metre < size && metres_[metre - 1].works == metres_[metre].works) made.works = metres_[metre].works;
        metres_.insert(metres_.begin() + metre, length, made);
    }

    void cut(int from, int to) {
        check(from, to, 1);
        if (to - from == static_cast<int>(metres_.size())) throw std::invalid_argument("nothing would be left");
        metres_.erase(metres_.begin() + from, metres_.begin() + to);
    }

    int limit_at(int metre) const {
        if (metre < 0 || metre >= static_cast<int>(metres_.size())) throw std::out_of_range("not on the road");
        const Metre& one = metres_[metre];
        return one.works ? std::min(one.works, one.lasting) : one.lasting;
    }

    std::vector<Stretch> stretches() const {
        std::vector<Stretch> found;
        for (int i = 0; i < static_cast<int>(metres_.size()); ++i) {
            int limit = limit_at(i);
            if (!found.empty() && found.back().limit == limit) ++found.back().to;
            else found.push_back({i, i + 1, limit});
        }
        return found;
    }

private:
    struct Metre {
        int lasting;
        int works;
    };

    void check(int from, int to, int limit) const {
        if (from < 0 || to > static_cast<int>(metres_.size())) throw std::out_of_range("not on the road");
        if (from >= to || limit < 1 || limit > 200) throw std::invalid_argument("no such part or limit");
    }

    std::vector<Metre> metres_;
};
