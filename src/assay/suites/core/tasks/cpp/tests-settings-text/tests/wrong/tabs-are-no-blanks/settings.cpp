#include "settings.hpp"

#include <algorithm>
#include <ranges>
#include <string_view>

using View = std::string_view;

static bool blank(char letter) { return letter == ' '; }

static View strip(View text) {
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

static char small(char letter) { return 'A' <= letter && letter <= 'Z' ? char(letter + 32) : letter; }

static bool same(View a, View b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return small(x) == small(y); });
}

Settings::Settings(const std::string& text) {
    View rest = text;
    View section;
    for (int number = 1; !rest.empty(); ++number) {
        const auto end = rest.find('\n');
        View line = strip(rest.substr(0, end));
        rest = end == View::npos ? View{} : rest.substr(end + 1);
        if (line.empty() || line.starts_with('#') || line.starts_with(';')) continue;
        if (line.starts_with('[')) {
            if (!line.ends_with(']')) throw BadSettings(number);
            section = strip(line.substr(1, line.size() - 2));
            if (section.empty()) throw BadSettings(number);
        } else {
            const auto cut = line.find('=');
            if (cut == View::npos) throw BadSettings(number);
            View key = strip(line.substr(0, cut));
            View value = strip(line.substr(cut + 1));
            if (key.empty()) throw BadSettings(number);
            if (value.size() > 1 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
            entries.push_back({std::string(section), std::string(key), std::string(value)});
        }
    }
}

std::optional<std::string> Settings::get(const std::string& section, const std::string& key) const {
    for (const Entry& entry : entries | std::views::reverse) {
        if (same(entry.section, section) && same(entry.key, key)) return entry.value;
    }
    return {};
}
