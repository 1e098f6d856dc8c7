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

    int visit(const std::string& point, const std::string& parent) {
        int number = static_cast<int>(seen.size());
        seen[point] = low[point] = number;
        int below = houses.contains(point) ? 1 : 0;
        for (const Pipe* pipe : graph.from(point)) {
            const std::string& next = Graph::other_end(*pipe, point);
            if (next == parent) continue;
            if (seen.contains(next)) {
                low[point] = std::min(low[point], seen[next]);
                continue;
            }
            int houses_there = visit(next, point);
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
    std::set<std::string> shut(closed.begin(), closed.end());
    Graph graph(pipes);
    std::set<std::string> warm;
    flood(graph, plants.front(), shut, warm);
    std::vector<std::string> cold;
    for (const std::string& house : houses) {
        if (!warm.contains(house)) cold.push_back(house);
    }
    return cold;
}

// The pipes that alone can leave houses cold, with how many; those with most houses first.
std::vector<std::pair<std::string, int>> critical_pipes(const std::vector<std::string>& plants,
                                                        const std::vector<std::string>& houses,
                                                        const std::vector<Pipe>& pipes) {
    Graph graph(pipes);
    std::set<std::string> homes(houses.begin(), houses.end());
    Search search{graph, homes, {}, {}, {}};
    for (const std::string& plant : plants) {
        if (!search.seen.contains(plant)) search.visit(plant, "");
    }
    std::sort(search.found.begin(), search.found.end(), [](const auto& one, const auto& other) { return one.second > other.second; });
    return search.found;
}
