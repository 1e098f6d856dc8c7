#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

// Where a passage of a guided tour leads to, and what the guide says there.
struct Passage {
    int to;
    std::string text;
};

// A tour through numbered rooms, which begins in room 1.
class Tour {
public:
    // Goes on to a room, from where the tour ends now.
    void go(int room, const std::string& text) {
        check(room, passages.empty() ? entrance : passages.back().to);
        passages.push_back({room, text});
    }

    // Puts a detour to a room and back behind the first arrival in a room; false if the tour does not come there.
    bool detour(int at, int room, const std::string& text) {
        check(room, at);
        auto behind = passages.begin();
        if (at != entrance) {
            behind = std::find_if(behind, passages.end(), [&](const Passage& one) { return one.to == at; });
            if (behind == passages.end()) {
                return false;
            }
            ++behind;
        }
        passages.insert(behind, {Passage{room, text}, Passage{at, ""}});
        return true;
    }

    // Closes a room: it is left out, with all that leads into it, and what led out of it leads from the room before. What
    // then leads from a room to itself goes too. How many passages go.
    int close(int room) {
        if (room == entrance) {
            throw std::invalid_argument("the entrance stays open");
        }
        std::vector<Passage> kept;
        for (Passage& one : passages) {
            const int here = kept.empty() ? entrance : kept.back().to;
            if (one.to != room && one.to != here) {
                kept.push_back(std::move(one));
            }
        }
        const auto gone = passages.size() - kept.size();
        passages = std::move(kept);
        return static_cast<int>(gone);
    }

    // Where the tour goes, room by room.
    std::vector<int> rooms() const {
        std::vector<int> found{entrance};
        for (const Passage& one : passages) {
            found.push_back(one.to);
        }
        return found;
    }

    // What the guide says: `1 -> 4: the hall`, without what is not said.
    std::vector<std::string> script() const {
        std::vector<std::string> found;
        int here = entrance;
        for (const Passage& one : passages) {
            const std::string way = std::to_string(here) + " -> " + std::to_string(one.to);
            found.push_back(one.text.empty() ? way : way + ": " + one.text);
            here = one.to;
        }
        return found;
    }

private:
    static constexpr int entrance = 1;
    static constexpr int last_room = 99;

    static void check(int room, int here) {
        if (room == here) {
            throw std::invalid_argument("already in room " + std::to_string(room));
        }
        if (room < entrance || room > last_room) {
            throw std::out_of_range("no room " + std::to_string(room));
        }
    }

    std::vector<Passage> passages;
};
