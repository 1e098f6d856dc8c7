#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>
#include <cctype>
#include <cstdlib>
#include <utility>

inline bool are_digits(const std::string& text, std::size_t most) {
    const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    return !text.empty() && text.size() <= most && std::all_of(text.begin(), text.end(), is_digit);
}

// Reads `-1.5` or `12` as tenths: one digit behind the point at most, six before it.
inline std::optional<int> parse_tenths(const std::string& text) {
    const bool negative = text.rfind('-', 0) == 0;
    const std::string number = text.substr(negative ? 1 : 0);
    const std::string whole = number.substr(0, number.find('.'));
    const std::string rest = number.substr(whole.size());
    if (!are_digits(whole, 6) || (!rest.empty() && !are_digits(rest.substr(1), 1))) {
        return std::nullopt;
    }
    const int tenths = std::stoi(whole) * 10 + (rest.empty() ? 0 : rest[1] - '0');
    return negative ? -tenths : tenths;
}

// What parse_tenths reads.
inline std::string format_tenths(int tenths) {
    const int size = std::abs(tenths);
    return (tenths < 0 ? "-" : "") + std::to_string(size / 10) + "." + std::to_string(size % 10);
}

// One line of the station.
struct Reading {
    std::string day;
    std::string time;
    std::vector<std::pair<char, int>> values;  // T, R or W, and tenths
};

inline std::vector<std::string> split_words(const std::string& line) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = line.find_first_not_of(' ', at)) != std::string::npos) {
        const std::size_t end = std::min(line.find(' ', at), line.size());
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

// Whether a text is like a pattern, in which d is any digit.
inline bool is_like(const std::string& text, const std::string& pattern) {
    return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(),
                      [](char c, char p) { return p == 'd' ? c >= '0' && c <= '9' : c == p; });
}

// One value such as `T=-1.5`; nothing for what is not reported.
inline std::optional<std::pair<char, int>> parse_value(const std::string& text) {
    const std::invalid_argument fault("no value: " + text);
    if (text.size() < 3 || text[1] != '=') {
        throw fault;
    }
    const char kind = text[0];
    if (kind != 'T' && kind != 'R' && kind != 'W') {
        return std::nullopt;
    }
    const std::optional<int> tenths = parse_tenths(text.substr(2));
    if (!tenths || (*tenths < 0 && kind != 'T')) {
        throw fault;
    }
    return std::pair{kind, *tenths};
}

// Reads `2024-03-01 07:00 T=-1.5 R=0.2 W=12`; nothing for a blank line. A std::invalid_argument says what is wrong.
inline std::optional<Reading> parse_reading(const std::string& line) {
    const std::vector<std::string> words = split_words(line);
    if (words.empty()) {
        return std::nullopt;
    }
    if (words.size() < 2) {
        throw std::invalid_argument("needs day and time");
    }
    if (!is_like(words[0], "dddd-dd-dd")) {
        throw std::invalid_argument("no day: " + words[0]);
    }
    if (!is_like(words[1], "dd:dd")) {
        throw std::invalid_argument("no time: " + words[1]);
    }
    Reading reading{words[0], words[1], {}};
    for (std::size_t i = 2; i < words.size(); ++i) {
        if (const auto value = parse_value(words[i])) {
            reading.values.push_back(*value);
        }
    }
    return reading;
}

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
