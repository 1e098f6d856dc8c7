#include <algorithm>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "network.hpp"

namespace {

std::set<std::string> warm_points(const Graph& graph, const std::vector<std::string>& plants,
                                  const std::set<std::string>& closed) {
    std::set<std::string> warm(plants.begin(), plants.end());
    std::vector<std::string> todo(warm.begin(), warm.end());
    while (!todo.empty()) {
        std::string point = todo.back();
        todo.pop_back();
        for (const Pipe* pipe : graph.from(point)) {
            if (closed.contains(pipe->id)) continue;
            const std::string& next = Graph::other_end(*pipe, point);
            if (warm.insert(next).second) todo.push_back(next);
        }
    }
    return warm;
}

std::vector<std::string> cold_of(const std::set<std::string>& houses, const std::set<std::string>& warm) {
    std::vector<std::string> cold;
    std::set_difference(houses.begin(), houses.end(), warm.begin(), warm.end(), std::back_inserter(cold));
    return cold;
}

std::set<std::string> ids_of(const std::vector<Pipe>& pipes) {
    std::set<std::string> ids;
    for (const Pipe& pipe : pipes) {
        if (!ids.insert(pipe.id).second) throw std::invalid_argument("two pipes " + pipe.id);
    }
    return ids;
}

}  // namespace

// The houses without heat when these pipes are closed, in order of their names.
std::vector<std::string> cold_houses(const std::vector<std::string>& plants, const std::vector<std::string>& houses,
                                     const std::vector<Pipe>& pipes, const std::vector<std::string>& closed) {
    if (plants.empty()) return cold_of({houses.begin(), houses.end()}, {});
    std::set<std::string> known = ids_of(pipes);
    for (const std::string& id : closed) {
        if (!known.contains(id)) throw std::invalid_argument("no pipe " + id);
    }
    return cold_of({houses.begin(), houses.end()}, warm_points(Graph(pipes), plants, {closed.begin(), closed.end()}));
}

// The pipes that alone can leave houses cold, with how many; those with most houses first.
std::vector<std::pair<std::string, int>> critical_pipes(const std::vector<std::string>& plants,
                                                        const std::vector<std::string>& houses,
                                                        const std::vector<Pipe>& pipes) {
    std::set<std::string> homes(houses.begin(), houses.end());
    Graph graph(pipes);
    std::size_t cold_anyway = cold_of(homes, warm_points(graph, plants, {})).size();
    std::vector<std::pair<std::string, int>> critical;
    for (const std::string& id : ids_of(pipes)) {
        std::size_t cold = cold_of(homes, warm_points(graph, plants, {id})).size();
        if (cold > cold_anyway) critical.emplace_back(id, static_cast<int>(cold - cold_anyway));
    }
    std::stable_sort(critical.begin(), critical.end(),
                     [](const auto& one, const auto& other) { return one.second > other.second; });
    return critical;
}
