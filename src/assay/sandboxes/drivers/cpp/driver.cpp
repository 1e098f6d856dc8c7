// What of the driver depends on no answer: reading, the forms of errors, the loop over all cases.
#include "driver.hpp"

namespace assay_driver {

Value Reader::value() {
    std::size_t end = data.find('\n', at);
    Value made{data[at], data.substr(at + 1, end - at - 1), {}};
    at = end + 1;
    if (!std::strchr("sylStm", made.tag)) return made;
    std::size_t count = std::stoull(made.text);
    if (made.tag == 's' || made.tag == 'y') {
        made.text = data.substr(at, count);
        at += count;
        return made;
    }
    if (made.tag == 'm') count *= 2;
    made.items.reserve(count);
    for (std::size_t i = 0; i < count; i++) made.items.push_back(value());
    return made;
}

void Writer::line(const char* tag, const std::string& text) { data.append(tag).append(text).push_back('\n'); }

void Writer::bytes(const char* tag, std::string_view text) {
    line(tag, std::to_string(text.size()));
    data.append(text);
}

void Writer::letter(char32_t code) {
    std::string text;
    if (code < 0x80) text = {char(code)};
    else if (code < 0x800) text = {char(0xc0 | code >> 6), char(0x80 | (code & 0x3f))};
    else if (code < 0x10000) text = {char(0xe0 | code >> 12), char(0x80 | (code >> 6 & 0x3f)), char(0x80 | (code & 0x3f))};
    else text = {char(0xf0 | code >> 18), char(0x80 | (code >> 12 & 0x3f)), char(0x80 | (code >> 6 & 0x3f)), char(0x80 | (code & 0x3f))};
    bytes("s", text);
}

template <class E> bool is_a(const std::exception& error, std::vector<std::string>& kinds, const char* name) {
    if (!dynamic_cast<const E*>(&error)) return false;
    if (std::find(kinds.begin(), kinds.end(), name) == kinds.end()) kinds.push_back(name);
    return true;
}

std::vector<std::string> kinds_of(const std::exception& error) {
    int status = 0;
    char* full = abi::__cxa_demangle(typeid(error).name(), nullptr, nullptr, &status);
    std::string name = status == 0 ? full : typeid(error).name();
    std::free(full);
    std::vector<std::string> kinds{name.substr(name.rfind(':') == std::string::npos ? 0 : name.rfind(':') + 1)};
    using namespace std;
    is_a<invalid_argument>(error, kinds, "invalid_argument");
    is_a<domain_error>(error, kinds, "domain_error");
    is_a<length_error>(error, kinds, "length_error");
    is_a<out_of_range>(error, kinds, "out_of_range");
    is_a<logic_error>(error, kinds, "logic_error");
    is_a<range_error>(error, kinds, "range_error");
    is_a<overflow_error>(error, kinds, "overflow_error");
    is_a<underflow_error>(error, kinds, "underflow_error");
    is_a<system_error>(error, kinds, "system_error");
    is_a<runtime_error>(error, kinds, "runtime_error");
    is_a<bad_optional_access>(error, kinds, "bad_optional_access");
    is_a<bad_variant_access>(error, kinds, "bad_variant_access");
    is_a<bad_cast>(error, kinds, "bad_cast");
    is_a<exception>(error, kinds, "exception");
    return kinds;
}

void raised(Writer& said, const std::vector<std::string>& kinds, const std::string& message) {
    said = Writer{};
    said.line("s1", "");
    said.data.append("e");
    said.value(kinds);
    said.bytes("s", std::string_view(message).substr(0, 10000));
}

void send(int channel, const std::string& data) {
    for (std::size_t at = 0; at < data.size();) {
        ssize_t n = ::write(channel, data.data() + at, data.size() - at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) ::_exit(1);
        at += std::size_t(n);
    }
}

[[noreturn]] void leave() {
    std::cout.flush();
    std::cerr.flush();
    std::fflush(nullptr);
    ::_exit(0);
}

void out_of_memory(int channel, std::string done) {
    Writer last;
    last.value(std::vector<std::string>{"limit", "memory"});
    send(channel, done + last.data);
    leave();
}

// One step; its result is appended to `out`.
void perform(const Action* action, const Value& step, std::shared_ptr<void>& made, std::string& out) {
    Step now{step.items[3], {}, {}, 0};
    int size = 5;
    try {
        if (!action) throw Panic{"there is no object to do it to"};
        (*action)(now, made);
        size = 4;
    } catch (const Panic& panic) {
        raised(now.said, {"panic"}, panic.message);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        raised(now.said, kinds_of(error), error.what());
    } catch (const std::string& text) {
        raised(now.said, {}, text);
    } catch (const char* text) {
        raised(now.said, {}, text);
    } catch (int number) {
        raised(now.said, {}, std::to_string(number));
    } catch (...) {
        raised(now.said, {}, "");
    }
    Writer whole;
    whole.line("l", std::to_string(size));
    whole.bytes("s", step.items[0].text);
    whole.data += now.said.data;
    whole.line("l", std::to_string(now.changed));
    out += whole.data + now.after.data;
}

int run(const std::map<std::string, Action>& actions) {
    Reader reader;
    char piece[65536];
    for (ssize_t n; (n = ::read(3, piece, sizeof piece)) > 0;) reader.data.append(piece, std::size_t(n));
    ::close(3);
    int channel = ::fcntl(4, F_DUPFD_CLOEXEC, 40);
    if (channel < 0) channel = 4;
    else ::close(4);
    Value asked = reader.value();
    for (const Value& one : asked.items[1].items) {
        std::shared_ptr<void> made;
        std::string out, kind;
        try {
            for (const Value& step : one.items) {
                const std::string& op = step.items[1].text;
                const std::string& name = step.items[2].text;
                if (op == "new") kind = name, made = nullptr;
                auto found = actions.find(op + " " + (op == "do" ? kind + "::" : "") + name);
                bool possible = found != actions.end() && (op != "do" || made);
                perform(possible ? &found->second : nullptr, step, made, out);
            }
        } catch (const std::bad_alloc&) {
            out_of_memory(channel, out);
        }
        send(channel, out);
    }
    leave();
}

}  // namespace assay_driver
