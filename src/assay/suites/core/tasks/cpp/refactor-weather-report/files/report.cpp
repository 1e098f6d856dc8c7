#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

// What a weather station reports, out of lines such as `2024-03-01 07:00 T=-1.5 R=0.2 W=12`: for each day the lowest and the
// highest temperature, the rain, and the strongest wind. Values are kept in tenths.
std::vector<std::string> daily_report(const std::vector<std::string>& lines) {
    struct Day {
        bool has_t = false;
        int low = 0;
        int high = 0;
        int rain = 0;
        int wind = -1;
        std::string wind_at;
    };
    std::map<std::string, Day> days;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string& line = lines[i];
        const std::string where = "line " + std::to_string(i + 1) + ": ";
        std::vector<std::string> words;
        std::string word;
        for (char c : line + " ") {
            if (c == ' ') {
                if (!word.empty()) {
                    words.push_back(word);
                    word.clear();
                }
            } else {
                word += c;
            }
        }
        if (words.empty()) {
            continue;
        }
        if (words.size() < 2) {
            throw std::invalid_argument(where + "needs day and time");
        }
        for (int part = 0; part < 2; ++part) {
            const std::string pattern = part == 0 ? "dddd-dd-dd" : "dd:dd";
            bool good = words[part].size() == pattern.size();
            for (std::size_t k = 0; good && k < pattern.size(); ++k) {
                const char c = words[part][k];
                good = pattern[k] == 'd' ? (c >= '0' && c <= '9') : c == pattern[k];
            }
            if (!good) {
                throw std::invalid_argument(where + (part == 0 ? "no day: " : "no time: ") + words[part]);
            }
        }
        Day& day = days[words[0]];
        for (std::size_t k = 2; k < words.size(); ++k) {
            const std::string& text = words[k];
            if (text.size() < 3 || text[1] != '=') {
                throw std::invalid_argument(where + "no value: " + text);
            }
            if (text[0] != 'T' && text[0] != 'R' && text[0] != 'W') {
                continue;
            }
            std::size_t at = 2;
            const bool negative = text[at] == '-';
            if (negative) {
                ++at;
            }
            int tenths = 0;
            std::size_t digits = 0;
            while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) && digits < 6) {
                tenths = tenths * 10 + (text[at] - '0');
                ++at;
                ++digits;
            }
            tenths *= 10;
            bool good = digits > 0;
            if (good && at < text.size()) {
                good = text[at] == '.' && at + 2 == text.size() && std::isdigit(static_cast<unsigned char>(text[at + 1]));
                if (good) {
                    tenths += text[at + 1] - '0';
                }
            }
            if (negative) {
                tenths = -tenths;
            }
            if (!good || (tenths < 0 && text[0] != 'T')) {
                throw std::invalid_argument(where + "no value: " + text);
            }
            if (text[0] == 'T') {
                if (!day.has_t || tenths < day.low) {
                    day.low = tenths;
                }
                if (!day.has_t || tenths > day.high) {
                    day.high = tenths;
                }
                day.has_t = true;
            } else if (text[0] == 'R') {
                day.rain += tenths;
            } else if (tenths > day.wind) {
                day.wind = tenths;
                day.wind_at = words[1];
            }
        }
    }

    std::vector<std::string> report;
    for (const auto& [name, day] : days) {
        std::string text = name;
        if (day.has_t) {
            text += std::string(" ") + (day.low < 0 ? "-" : "") + std::to_string(std::abs(day.low) / 10) + "." +
                    std::to_string(std::abs(day.low) % 10);
            text += std::string(" to ") + (day.high < 0 ? "-" : "") + std::to_string(std::abs(day.high) / 10) + "." +
                    std::to_string(std::abs(day.high) % 10) + " C";
        } else {
            text += " no temperature";
        }
        if (day.rain > 0) {
            text += ", rain " + std::to_string(day.rain / 10) + "." + std::to_string(day.rain % 10) + " mm";
        }
        if (day.wind >= 0) {
            text += ", wind " + std::to_string(day.wind / 10) + "." + std::to_string(day.wind % 10) + " at " + day.wind_at;
        }
        report.push_back(text);
    }
    return report;
}
