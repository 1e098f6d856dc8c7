#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "network.hpp"

namespace {

void flood(const Graph& graph, const std::string& point, const std::set<std::string>& closed, std::set<std::string>& warm) {
    if (!warm.insert(point).second) return;
    for (const Pipe* pipe : graph.from(point)) {
        if (!closed.contains(pipe->id)) flood(graph, Graph::other_end(*pipe, point), closed, warm);
    }
}

// Looks for pipes that no other way leads around.
struct Search {
    const Graph& graph;
    const std::set<std::string>& houses;
    std::map<std::string, int> seen;
    std::map<std::string, int> low;
    std::vector<std::pair<std::string, int>> found;

    int visit(const std::string& point, const Pipe* parent) {
        int number = static_cast<int>(seen.size());
        seen[point] = low[point] = number;
        int below = houses.contains(point) ? 1 : 0;
        for (const Pipe* pipe : graph.from(point)) {
            const std::string& next = Graph::other_end(*pipe, point);
            if (pipe == parent) continue;
            if (seen.contains(next)) {
                low[point] = std::min(low[point], seen[next]);
                continue;
            }
            int houses_there = visit(next, pipe);
            low[point] = std::min(low[point], low[next]);
            if (low[next] > seen[point] && houses_there > 0) found.emplace_back(pipe->id, houses_there);
            below += houses_there;
        }
        return below;
    }
};

}  // namespace

// The houses without heat when these pipes are closed, in order of their names.
std::vector<std::string> cold_houses(const std::vector<std::string>& plants, const std::vector<std::string>& houses,
                                     const std::vector<Pipe>& pipes, const std::vector<std::string>& closed) {
    std::set<std::string> known;
    for (const Pipe& pipe : pipes) {
        if (!known.insert(pipe.id).second) throw std::invalid_argument("two pipes " + pipe.id);
    }
    for (const std::string& id : closed) {
        if (!known.contains(id)) throw std::invalid_argument("no pipe " + id);
    }
    std::set<std::string> shut(closed.begin(), closed.end());
    Graph graph(pipes);
    std::set<std::string> warm;
    for (const std::string& plant : plants) flood(graph, plant, shut, warm);
    std::set<std::string> cold;
    for (const std::string& house : houses) {
        if (!warm.contains(house)) cold.insert(house);
    }
    return {cold.begin(), cold.end()};
}

// The pipes that alone can leave houses cold, with how many; those with most houses first.
std::vector<std::pair<std::string, int>> critical_pipes(const std::vector<std::string>& plants,
                                                        const std::vector<std::string>& houses,
                                                        const std::vector<Pipe>& pipes) {
    std::set<std::string> ids;
    for (const Pipe& pipe : pipes) {
        if (!ids.insert(pipe.id).second) throw std::invalid_argument("two pipes " + pipe.id);
    }
    // All plants hang on one point, so that any of them is a way around.
    std::vector<Pipe> all = pipes;
    for (Pipe& pipe : all) pipe.one_way = false;
    for (const std::string& plant : plants) {
        all.push_back({"", "", plant, false});
        all.push_back({"", "", plant, false});
    }
    Graph graph(all);
    std::set<std::string> homes(houses.begin(), houses.end());
    Search search{graph, homes, {}, {}, {}};
    search.visit("", nullptr);
    std::sort(search.found.begin(), search.found.end(), [](const auto& one, const auto& other) {
        return one.second != other.second ? one.second > other.second : one.first < other.first;
    });
    return search.found;
}
