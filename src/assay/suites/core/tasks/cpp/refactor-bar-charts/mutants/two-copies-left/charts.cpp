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
    int largest = 0;
    for (int value : values) {
        if (value > largest) {
            largest = value;
        }
    }
    std::string out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        int length = 0;
        if (largest > 0 && values[i] > 0) {
            length = static_cast<int>(static_cast<long long>(values[i]) * 20 / largest);
            if (length == 0) {
                length = 1;
            }
        }
        if (i > 0) {
            out += "\n";
        }
        out += "cpu" + std::to_string(i) + " |" + std::string(length, '=') + "| " + std::to_string(values[i]);
    }
    return out;
}

// Votes for the numbered choices: `1. ** (12)`.
std::string votes_chart(const std::vector<int>& values) {
    int largest = 0;
    for (int value : values) {
        if (value > largest) {
            largest = value;
        }
    }
    std::string out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        int length = 0;
        if (largest > 0 && values[i] > 0) {
            length = static_cast<int>(static_cast<long long>(values[i]) * 30 / largest);
            if (length == 0) {
                length = 1;
            }
        }
        if (i > 0) {
            out += "\n";
        }
        out += std::to_string(i + 1) + ". " + std::string(length, '*') + " (" + std::to_string(values[i]) + ")";
    }
    return out;
}
