#include <charconv>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

// The number of characters in UTF-8 text: all bytes but those that go on with a character.
std::size_t width_of(const std::string& word) {
    std::size_t width = 0;
    for (unsigned char byte : word) width += (byte & 0xC0) != 0x80;
    return width;
}

std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> words;
    std::string word;
    for (char c : line + ' ') {
        if (c != ' ' && c != '\t' && c != '\r') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(word);
            word.clear();
        }
    }
    return words;
}

void print_paragraph(const std::vector<std::string>& words, std::size_t width) {
    std::size_t used = 0;
    for (const std::string& word : words) {
        std::size_t own = width_of(word);
        if (used > 0 && used + 1 + own > width) {
            std::cout << '\n';
            used = 0;
        }
        if (used > 0) {
            std::cout << ' ';
            ++used;
        }
        for (char c : word) {
            if (used == width) {
                std::cout << '\n';
                used = 0;
            }
            std::cout << c;
            ++used;
        }
        (void)own;
    }
    std::cout << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    std::string_view text = argc == 2 ? argv[1] : "";
    int width = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), width);
    if (error != std::errc() || end != text.data() + text.size() || width < 1 || width > «most») {
        std::cerr << "usage: wrap WIDTH\n";
        return «wrong»;
    }
    std::vector<std::string> paragraph;
    bool printed = false;
    auto finish = [&] {
        if (paragraph.empty()) return;
        if (printed) std::cout << '\n';
        print_paragraph(paragraph, static_cast<std::size_t>(width));
        printed = true;
        paragraph.clear();
    };
    for (std::string line; std::getline(std::cin, line);) {
        std::vector<std::string> words = words_of(line);
        if (words.empty()) finish();
        paragraph.insert(paragraph.end(), words.begin(), words.end());
    }
    finish();
    return 0;
}
