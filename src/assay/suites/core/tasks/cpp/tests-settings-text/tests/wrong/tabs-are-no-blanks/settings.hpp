#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

class BadSettings : public std::runtime_error {
public:
    explicit BadSettings(int number) : std::runtime_error("line " + std::to_string(number)), line(number) {}
    const int line;
};

class Settings {
    struct Entry {
        std::string section, key, value;
    };
    std::vector<Entry> entries;

public:
    explicit Settings(const std::string& text);
    std::optional<std::string> get(const std::string& section, const std::string& key) const;
};
