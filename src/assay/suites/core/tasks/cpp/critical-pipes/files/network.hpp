#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

// A pipe between two points. Where it has a check valve, water flows from a to b only.
struct Pipe {
    std::string id;
    std::string a;
    std::string b;
    bool one_way;
};

// Who can be reached from where.
class Graph {
public:
    explicit Graph(const std::vector<Pipe>& pipes) {
        for (const Pipe& pipe : pipes) {
            next_[pipe.a].push_back(&pipe);
            if (!pipe.one_way) next_[pipe.b].push_back(&pipe);
        }
    }

    const std::vector<const Pipe*>& from(const std::string& point) const {
        static const std::vector<const Pipe*> none;
        auto known = next_.find(point);
        return known == next_.end() ? none : known->second;
    }

    static const std::string& other_end(const Pipe& pipe, const std::string& point) { return pipe.a == point ? pipe.b : pipe.a; }

private:
    std::map<std::string, std::vector<const Pipe*>> next_;
};
