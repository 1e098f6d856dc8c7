#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "reading.hpp"
#include "tenths.hpp"

namespace {

struct Day {
    std::optional<int> low;
    std::optional<int> high;
    int rain = 0;
    std::optional<int> wind;
    std::string wind_at;

    void add(char kind, int tenths, const std::string& time) {
        if (kind == 'T') {
            low = std::min(low.value_or(tenths), tenths);
            high = std::max(high.value_or(tenths), tenths);
        } else if (kind == 'R') {
            rain += tenths;
        } else if (!wind || tenths > *wind) {
            wind = tenths;
            wind_at = time;
        }
    }

    std::string text() const {
        std::string out = " no temperature";
        if (low) {
            out = " " + format_tenths(*low) + " to " + format_tenths(*high) + " C";
        }
        if (rain > 0) {
            out += ", rain " + format_tenths(rain) + " mm";
        }
        if (wind) {
            out += ", wind " + format_tenths(*wind) + " at " + wind_at;
        }
        return out;
    }
};

void add_line(const std::string& line, std::map<std::string, Day>& days) {
    const std::optional<Reading> reading = parse_reading(line);
    if (!reading) {
        return;
    }
    Day& day = days[reading->day];
    for (const auto& [kind, tenths] : reading->values) {
        day.add(kind, tenths, reading->time);
    }
}

}  // namespace

// What a weather station reports, out of lines such as `2024-03-01 07:00 T=-1.5 R=0.2 W=12`: for each day the lowest and the
// highest temperature, the rain, and the strongest wind. Values are kept in tenths.
std::vector<std::string> daily_report(const std::vector<std::string>& lines) {
    std::map<std::string, Day> days;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        try {
            add_line(lines[i], days);
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument("line " + std::to_string(i + 1) + ": " + error.what());
        }
    }
    std::vector<std::string> report;
    for (const auto& [name, day] : days) {
        report.push_back(name + day.text());
    }
    return report;
}
