#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

struct Leg {
    std::string trip;
    std::string from;
    std::string to;
    long long depart;
    long long arrive;
};

// Looks at the legs in order of departure: when one is looked at, everything that could bring the
// traveller to it has been looked at before, because each leg takes some time.
std::optional<long long> earliest_arrival(const std::vector<Leg>& legs, const std::string& from,
                                          const std::string& to, long long start, long long change) {
    if (from == to) return start;
    std::vector<Leg> ordered = legs;
    std::sort(ordered.begin(), ordered.end(), [](const Leg& a, const Leg& b) { return a.depart < b.depart; });

    std::map<std::string, long long> ready{{from, start}};  // when a trip can be boarded at a stop
    std::set<std::string> aboard;                           // trips that can be sat in
    std::optional<long long> best;
    for (const Leg& leg : ordered) {
        auto at = ready.find(leg.from);
        bool boards = at != ready.end() && at->second <= leg.depart;
        if (!boards && !aboard.contains(leg.trip)) continue;
        aboard.insert(leg.trip);
        if (leg.to == to && (!best || leg.arrive < *best)) best = leg.arrive;
        auto [stop, fresh] = ready.try_emplace(leg.to, leg.arrive);
        if (!fresh) stop->second = std::min(stop->second, leg.arrive);
    }
    return best;
}
