#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "words.hpp"

// The console of a device: lines of commands, with short names for some.
class Console {
public:
    void alias(const std::string& name, const std::string& line) {
        if (name.empty()) throw std::invalid_argument("an alias needs a name");
        aliases_[name] = line;
    }

    std::vector<std::string> read(const std::string& line) const {
        std::vector<std::string> words = split_words(line);
        if (words.empty()) return words;
        auto known = aliases_.find(words.front());
        if (known == aliases_.end()) return words;
        std::size_t begin = line.find_first_not_of(" \t");
        return split_words(known->second + line.substr(begin + words.front().size()));
    }

private:
    std::map<std::string, std::string> aliases_;
};
