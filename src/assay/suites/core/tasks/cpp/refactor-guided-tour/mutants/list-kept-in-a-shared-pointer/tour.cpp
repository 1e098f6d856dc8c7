#include <stdexcept>
#include <string>
#include <vector>

// A passage of a guided tour: where it leads from and to, and what the guide says there. Passages of one tour are a list.
struct Passage {
    std::string text;
    int from;
    int to;
    Passage* next;
};

// A tour through numbered rooms, which begins in room 1.
class Tour {
public:
    Tour() : first(nullptr) {}

    ~Tour() {
        while (first != nullptr) {
            Passage* gone = first;
            first = first->next;
            delete gone;
        }
    }

    Tour(const Tour&) = delete;
    Tour& operator=(const Tour&) = delete;

    // Goes on to a room, from where the tour ends now.
    void go(int room, const std::string& text) {
        if (room < 1 || room > 99) {
            throw std::out_of_range("no room " + std::to_string(room));
        }
        int here = 1;
        Passage* last = first;
        while (last != nullptr) {
            here = last->to;
            if (last->next == nullptr) {
                break;
            }
            last = last->next;
        }
        if (room == here) {
            throw std::invalid_argument("already in room " + std::to_string(room));
        }
        Passage* made = new Passage;
        made->text = text;
        made->from = here;
        made->to = room;
        made->next = nullptr;
        if (last == nullptr) {
            first = made;
        } else {
            last->next = made;
        }
    }

    // Puts a detour to a room and back behind the first arrival in a room; false if the tour does not come there.
    bool detour(int at, int room, const std::string& text) {
        if (room < 1 || room > 99) {
            throw std::out_of_range("no room " + std::to_string(room));
        }
        if (room == at) {
            throw std::invalid_argument("already in room " + std::to_string(room));
        }
        Passage* before = nullptr;
        if (at != 1) {
            before = first;
            while (before != nullptr && before->to != at) {
                before = before->next;
            }
            if (before == nullptr) {
                return false;
            }
        }
        Passage* there = new Passage;
        Passage* back = new Passage;
        there->text = text;
        there->from = at;
        there->to = room;
        there->next = back;
        back->text = "";
        back->from = room;
        back->to = at;
        if (before == nullptr) {
            back->next = first;
            first = there;
        } else {
            back->next = before->next;
            before->next = there;
        }
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
        Passage** at = &first;
        while (*at != nullptr) {
            Passage* one = *at;
            if (one->to == room || one->to == here) {
                *at = one->next;
                delete one;
                gone++;
            } else {
                one->from = here;
                here = one->to;
                at = &one->next;
            }
        }
        return gone;
    }

    // Where the tour goes, room by room.
    std::vector<int> rooms() const {
        std::vector<int> found;
        found.push_back(1);
        for (Passage* one = first; one != nullptr; one = one->next) {
            found.push_back(one->to);
        }
        return found;
    }

    // What the guide says: `1 -> 4: the hall`, without what is not said.
    std::vector<std::string> script() const {
        std::vector<std::string> found;
        for (Passage* one = first; one != nullptr; one = one->next) {
            std::string line = std::to_string(one->from) + " -> " + std::to_string(one->to);
            if (!one->text.empty()) {
                line += std::string(": ") + one->text;
            }
            found.push_back(line);
        }
        return found;
    }

private:
    Passage* first;
};
