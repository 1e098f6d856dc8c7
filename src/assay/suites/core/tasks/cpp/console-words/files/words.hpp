#pragma once

#include <stdexcept>
#include <string>
#include <vector>

// The words of a line of commands.
inline std::vector<std::string> split_words(const std::string& line) {
    std::vector<std::string> words;
    std::string word;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        char c = line[i];
        if (c == '#') break;
        if (c == '\\') {
            word += line[++i];
        } else if (quote != 0) {
            if (c == quote) {
                words.push_back(word);
                word.clear();
                quote = 0;
            } else {
                word += c;
            }
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == ' ') {
            if (!word.empty()) words.push_back(word);
            word.clear();
        } else {
            word += c;
        }
    }
    if (!word.empty()) words.push_back(word);
    return words;
}
