#include <cstddef>
#include <string>
#include <vector>

// Visits of a day, hour by hour: `07h ####`.
std::string visits_chart(const std::vector<int>& values) {
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
            length = static_cast<int>(static_cast<long long>(values[i]) * 40 / largest);
            if (length == 0) {
                length = 1;
            }
        }
        if (i > 0) {
            out += "\n";
        }
        out += (i < 10 ? "0" : "") + std::to_string(i) + "h " + std::string(length, '#') + "";
    }
    return out;
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
