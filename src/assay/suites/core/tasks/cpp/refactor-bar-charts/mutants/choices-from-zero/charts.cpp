#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

// How a chart looks: how long its longest bar is, of what bars are, and what stands around them.
struct Style {
    int width;
    char symbol;
    std::function<std::string(std::size_t)> before;
    std::function<std::string(int)> after;
};

static int bar_length(int value, int largest, int width) {
    if (value <= 0) {
        return 0;
    }
    return std::max(1, static_cast<int>(static_cast<long long>(value) * width / largest));
}

std::string chart(const std::vector<int>& values, const Style& style) {
    const int largest = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
    std::string out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const int length = bar_length(values[i], largest, style.width);
        out += (i > 0 ? "\n" : "") + style.before(i) + std::string(length, style.symbol) + style.after(values[i]);
    }
    return out;
}

// Visits of a day, hour by hour: `07h ####`.
std::string visits_chart(const std::vector<int>& values) {
    const auto hour = [](std::size_t i) { return (i < 10 ? "0" : "") + std::to_string(i) + "h "; };
    return chart(values, {40, '#', hour, [](int) { return std::string(); }});
}

// The load of processors: `cpu0 |====| 57`.
std::string load_chart(const std::vector<int>& values) {
    const auto processor = [](std::size_t i) { return "cpu" + std::to_string(i) + " |"; };
    return chart(values, {20, '=', processor, [](int value) { return "| " + std::to_string(value); }});
}

// Votes for the numbered choices: `1. ** (12)`.
std::string votes_chart(const std::vector<int>& values) {
    const auto choice = [](std::size_t i) { return std::to_string(i) + ". "; };
    return chart(values, {30, '*', choice, [](int value) { return " (" + std::to_string(value) + ")"; }});
}
