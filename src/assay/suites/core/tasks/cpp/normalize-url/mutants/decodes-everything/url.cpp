#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

[[noreturn]] void fail(const std::string& what) { throw std::invalid_argument(what); }

bool is_alnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    fail("bad percent escape");
}

// Decodes escapes of unreserved characters, writes all others in capitals.
std::string normal_escapes(std::string_view text) {
    static const char digits[] = "0123456789ABCDEF";
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) fail("bad percent escape");
        int value = hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]);
        i += 2;
        char c = static_cast<char>(value);
        (void)digits;
        out += c;
    }
    return out;
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    for (;;) {
        std::size_t at = text.find(separator, from);
        parts.push_back(text.substr(from, at - from));
        if (at == std::string::npos) return parts;
        from = at + 1;
    }
}

std::string without_dots(const std::string& path) {
    std::vector<std::string> kept;
    std::vector<std::string> segments = split(path, '/');
    for (std::size_t i = 1; i < segments.size(); ++i) {
        const std::string& segment = segments[i];
        bool last = i + 1 == segments.size();
        if (segment != "." && segment != "..") {
            kept.push_back(segment);
            continue;
        }
        if (segment == ".." && !kept.empty()) kept.pop_back();
        if (last) kept.emplace_back();
    }
    std::string out;
    for (const std::string& segment : kept) out += "/" + segment;
    return out;
}

std::string sorted_query(const std::string& query) {
    std::vector<std::pair<std::string, std::string>> keyed;
    for (const std::string& part : split(query, '&')) {
        if (!part.empty()) keyed.emplace_back(part.substr(0, part.find('=')), part);
    }
    std::stable_sort(keyed.begin(), keyed.end(), [](auto& a, auto& b) { return a.first < b.first; });
    std::string out;
    for (const auto& [key, part] : keyed) out += (out.empty() ? "?" : "&") + part;
    return out;
}

std::string normal_port(const std::string& port, const std::string& scheme) {
    std::string digits = port.substr(std::min(port.find_first_not_of('0'), port.size()));
    bool numeric = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!numeric || digits.size() > 5) fail("bad port");
    if (port.empty()) return "";
    if (digits.empty() || std::stoi(digits) > «largest») fail("bad port");
    return digits == (scheme == "http" ? "80" : "443") ? "" : ":" + digits;
}

}  // namespace

std::string normalize_url(const std::string& url) {
    for (char c : url) {
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '\\') fail("bad character");
    }
    std::size_t mark = url.find("://");
    if (mark == std::string::npos) fail("no scheme");
    std::string scheme = lower(url.substr(0, mark));
    if (scheme != "http" && scheme != "https") fail("unsupported scheme");

    std::string rest = url.substr(mark + 3);
    rest = rest.substr(0, rest.find('#'));
    std::size_t authority_end = std::min(rest.find_first_of("/?"), rest.size());
    std::string authority = rest.substr(0, authority_end);
    rest = rest.substr(authority_end);
    if (authority.find('@') != std::string::npos) fail("user information is not allowed");

    std::size_t colon = authority.find(':');
    std::string host = lower(authority.substr(0, colon));
    std::string port = colon == std::string::npos ? "" : authority.substr(colon + 1);
    if (!host.empty() && host.back() == '.') host.pop_back();
    for (const std::string& label : split(host, '.')) {
        bool valid = std::all_of(label.begin(), label.end(), [](char c) { return is_alnum(c) || c == '-'; });
        if (label.empty() || !valid) fail("bad host");
    }

    std::size_t question = rest.find('?');
    std::string path = without_dots(normal_escapes(rest.substr(0, question)));
    std::string query = question == std::string::npos ? "" : rest.substr(question + 1);
    return scheme + "://" + host + normal_port(port, scheme) + (path.empty() ? "/" : path) +
           sorted_query(normal_escapes(query));
}
