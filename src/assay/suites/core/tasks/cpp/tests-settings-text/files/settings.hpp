#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

struct BadSettings : std::runtime_error {
    explicit BadSettings(int line);

    int line;  // from 1
};

class Settings {
public:
    explicit Settings(const std::string& text);

    std::optional<std::string> get(const std::string& section, const std::string& key) const;

private:
    std::map<std::pair<std::string, std::string>, std::string> values_;
};
