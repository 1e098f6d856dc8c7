#include "settings.hpp"

#include <cctype>
#include <sstream>

namespace {
std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string::npos) {
        return "";
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower(std::string text) {
    for (char& letter : text) {
        letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
    return text;
}

std::string unquoted(const std::string& value) {
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
        return value.substr(1, value.size() - 2);
    }
    return value;
}
}  // namespace

BadSettings::BadSettings(int line) : std::runtime_error("bad settings in line " + std::to_string(line)), line(line) {}

Settings::Settings(const std::string& text) {
    std::istringstream lines(text);
    std::string section;
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        line = trimmed(line);
        if (line.empty() || line[0] == '#' || line[0] == ';') {
            continue;
        }
        if (line[0] == '[') {
            section = line.back() == ']' ? lower(trimmed(line.substr(1, line.size() - 2))) : "";
            if (section.empty()) {
                throw BadSettings(number);
            }
            continue;
        }
        const auto equals = line.find('=');
        const std::string key = lower(trimmed(line.substr(0, equals)));
        if (equals == std::string::npos) {
            throw BadSettings(number);
        }
        values_[{section, key}] = unquoted(trimmed(line.substr(equals + 1)));
    }
}

std::optional<std::string> Settings::get(const std::string& section, const std::string& key) const {
    const auto found = values_.find({lower(section), lower(key)});
    if (found == values_.end()) {
        return std::nullopt;
    }
    return found->second;
}
