#pragma once

#include <stdexcept>
#include <string>
#include <vector>

// The words of a line of commands.
inline std::vector<std::string> split_words(const std::string& line) {
    std::vector<std::string> words;
    std::string word;
    bool inside = false;  // a word, which may still be empty
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        char c = line[i];
        bool last = i + 1 == line.size();
        if (quote == '\'') {
            if (c == quote) quote = 0;
            else if (c == '\\' && !last) word += line[++i];
            else word += c;
        } else if (quote == '"') {
            if (c == quote) quote = 0;
            else if (c == '\\' && !last && (line[i + 1] == '"' || line[i + 1] == '\\')) word += line[++i];
            else word += c;
        } else if (c == ' ' || c == '\t') {
            if (inside) words.push_back(word);
            word.clear();
            inside = false;
        } else if (c == '#' && !inside) {
            break;
        } else {
            inside = true;
            if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '\\') {
                if (last) throw std::invalid_argument("nothing behind the backslash");
                word += line[++i];
            } else {
                word += c;
            }
        }
    }
    if (quote != 0) throw std::invalid_argument("a quote is not closed");
    if (inside) words.push_back(word);
    return words;
}
