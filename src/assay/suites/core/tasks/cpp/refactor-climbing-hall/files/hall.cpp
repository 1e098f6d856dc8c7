#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

// The bookings of one climbing hall: lanes, who is on them, and who waits. Minutes count from the opening.
static int lane_count = 0;
static int now = 0;
static std::vector<std::string> lane_name;   // empty: the lane is free
static std::vector<int> lane_end;            // when its time is up
static std::vector<bool> lane_closed;        // is being rebuilt
static std::vector<std::string> queue_name;  // who waits, the first one first
static std::vector<int> queue_minutes;       // for how long they want a lane
static std::map<std::string, int> climbed;   // minutes that people had, by name

void open_hall(int lanes) {
    if (lanes < 1) {
        throw std::invalid_argument("no lanes");
    }
    lane_count = lanes;
    now = 0;
    lane_name.assign(lanes, "");
    lane_end.assign(lanes, 0);
    lane_closed.assign(lanes, false);
    queue_name.clear();
    queue_minutes.clear();
    climbed.clear();
}

// Asks for a lane; gives the lane's number, or 0 when there is none yet.
int hall_ask(const std::string& name, int minutes) {
    if (name.empty()) {
        throw std::invalid_argument("no name");
    }
    if (minutes < 5 || minutes > 120) {
        throw std::invalid_argument("from 5 to 120 minutes");
    }
    for (int i = 0; i < lane_count; ++i) {
        if (lane_name[i] == name) {
            throw std::logic_error(name + " is on lane " + std::to_string(i + 1));
        }
    }
    for (std::size_t i = 0; i < queue_name.size(); ++i) {
        if (queue_name[i] == name) {
            throw std::logic_error(name + " waits already");
        }
    }
    for (int i = 0; i < lane_count; ++i) {
        if (lane_name[i].empty() && !lane_closed[i]) {
            lane_name[i] = name;
            lane_end[i] = now + minutes;
            return i + 1;
        }
    }
    queue_name.push_back(name);
    queue_minutes.push_back(minutes);
    return 0;
}

// Leaves early, or stops waiting. Whoever waits first gets the lane.
bool hall_leave(const std::string& name) {
    for (std::size_t i = 0; i < queue_name.size(); ++i) {
        if (queue_name[i] == name) {
            queue_name.erase(queue_name.begin() + i);
            queue_minutes.erase(queue_minutes.begin() + i);
            return true;
        }
    }
    for (int i = 0; i < lane_count; ++i) {
        if (!name.empty() && lane_name[i] == name) {
            lane_name[i] = "";
            if (!queue_name.empty() && !lane_closed[i]) {
                lane_name[i] = queue_name.front();
                lane_end[i] = now + queue_minutes.front();
                queue_name.erase(queue_name.begin());
                queue_minutes.erase(queue_minutes.begin());
            }
            return true;
        }
    }
    return false;
}

// A lane is closed for rebuilding: whoever is on it may stay to the end, and nobody comes after.
void hall_close(int lane) {
    if (lane < 1 || lane > lane_count) {
        throw std::out_of_range("no lane " + std::to_string(lane));
    }
    lane_closed[lane - 1] = true;
}

// And opened again; whoever waits first gets it if it is free.
void hall_reopen(int lane) {
    if (lane < 1 || lane > lane_count) {
        throw std::out_of_range("no lane " + std::to_string(lane));
    }
    lane_closed[lane - 1] = false;
    if (lane_name[lane - 1].empty() && !queue_name.empty()) {
        lane_name[lane - 1] = queue_name.front();
        lane_end[lane - 1] = now + queue_minutes.front();
        queue_name.erase(queue_name.begin());
        queue_minutes.erase(queue_minutes.begin());
    }
}

// Lets time go on, and says who came and went, like `15: ann left 2, bob on 2`.
std::vector<std::string> hall_advance(int minutes) {
    if (minutes < 0) {
        throw std::invalid_argument("time does not go back");
    }
    std::vector<std::string> told;
    for (int step = 0; step < minutes; ++step) {
        now++;
        for (int i = 0; i < lane_count; ++i) {
            if (lane_name[i].empty()) {
                continue;
            }
            climbed[lane_name[i]]++;
            if (lane_end[i] == now) {
                std::string text = std::to_string(now) + ": " + lane_name[i] + " left " + std::to_string(i + 1);
                lane_name[i] = "";
                if (!queue_name.empty() && !lane_closed[i]) {
                    lane_name[i] = queue_name.front();
                    lane_end[i] = now + queue_minutes.front();
                    queue_name.erase(queue_name.begin());
                    queue_minutes.erase(queue_minutes.begin());
                    text += ", " + lane_name[i] + " on " + std::to_string(i + 1);
                }
                told.push_back(text);
            }
        }
    }
    return told;
}

// When somebody who asks now gets a lane, at the earliest; -1 if nobody ever does.
int hall_forecast() {
    std::vector<int> free_at;
    for (int i = 0; i < lane_count; ++i) {
        if (lane_closed[i]) {
            continue;
        }
        free_at.push_back(lane_name[i].empty() ? now : lane_end[i]);
    }
    if (free_at.empty()) {
        return -1;
    }
    for (int minutes : queue_minutes) {
        auto first = std::min_element(free_at.begin(), free_at.end());
        *first += minutes;
    }
    return *std::min_element(free_at.begin(), free_at.end());
}

// Lane by lane: `ann until 15`, `free` or `closed`; a lane that will be closed has a star.
std::vector<std::string> hall_lanes() {
    std::vector<std::string> told;
    for (int i = 0; i < lane_count; ++i) {
        if (lane_name[i].empty()) {
            told.push_back(lane_closed[i] ? "closed" : "free");
        } else {
            told.push_back(lane_name[i] + " until " + std::to_string(lane_end[i]) + (lane_closed[i] ? " *" : ""));
        }
    }
    return told;
}

// Who waits, the first one first.
std::vector<std::string> hall_waiting() {
    return queue_name;
}

// For how many minutes somebody had a lane so far.
int hall_minutes(const std::string& name) {
    return climbed.count(name) ? climbed[name] : 0;
}
