#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// A passage of a guided tour: where it leads from and to, and what the guide says there. Passages of one tour are a list.
struct Passage {
    std::string text;
    int from;
    int to;
    std::unique_ptr<Passage> next;
};

// A tour through numbered rooms, which begins in room 1.
class Tour {
public:
    // Goes on to a room, from where the tour ends now.
    void go(int room, const std::string& text) {
        if (room < 1 || room > 99) {
            throw std::out_of_range("no room " + std::to_string(room));
        }
        int here = 1;
        std::unique_ptr<Passage>* end = &first;
        while (*end) {
            here = (*end)->to;
            end = &(*end)->next;
        }
        if (room == here) {
            throw std::invalid_argument("already in room " + std::to_string(room));
        }
        *end = std::make_unique<Passage>(Passage{text, here, room, nullptr});
    }

    // Puts a detour to a room and back behind the first arrival in a room; false if the tour does not come there.
    bool detour(int at, int room, const std::string& text) {
        if (room < 1 || room > 99) {
            throw std::out_of_range("no room " + std::to_string(room));
        }
        if (room == at) {
            throw std::invalid_argument("already in room " + std::to_string(room));
        }
        std::unique_ptr<Passage>* behind = &first;
        if (at != 1) {
            while (*behind && (*behind)->to != at) {
                behind = &(*behind)->next;
            }
            if (!*behind) {
                return false;
            }
            behind = &(*behind)->next;
        }
        auto back = std::make_unique<Passage>(Passage{"", room, at, std::move(*behind)});
        *behind = std::make_unique<Passage>(Passage{text, at, room, std::move(back)});
        return true;
    }

    // Closes a room: it is left out, with all that leads into it, and what led out of it leads from the room before. What
    // then leads from a room to itself goes too. How many passages go.
    int close(int room) {
        if (room == 1) {
            throw std::invalid_argument("the entrance stays open");
        }
        int gone = 0;
        int here = 1;
        std::unique_ptr<Passage>* at = &first;
        while (*at) {
            if ((*at)->to == room || (*at)->to == here) {
                *at = std::move((*at)->next);
                gone++;
            } else {
                (*at)->from = here;
                here = (*at)->to;
                at = &(*at)->next;
            }
        }
        return gone;
    }

    // Where the tour goes, room by room.
    std::vector<int> rooms() const {
        std::vector<int> found;
        found.push_back(1);
        for (const Passage* one = first.get(); one != nullptr; one = one->next.get()) {
            found.push_back(one->to);
        }
        return found;
    }

    // What the guide says: `1 -> 4: the hall`, without what is not said.
    std::vector<std::string> script() const {
        std::vector<std::string> found;
        for (const Passage* one = first.get(); one != nullptr; one = one->next.get()) {
            std::string line = std::to_string(one->from) + " -> " + std::to_string(one->to);
            if (!one->text.empty()) {
                line += ": " + one->text;
            }
            found.push_back(line);
        }
        return found;
    }

private:
    std::unique_ptr<Passage> first;
};
