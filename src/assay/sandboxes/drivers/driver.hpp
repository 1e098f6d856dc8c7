// The C++ driver: fits plain values to declared types by templates, makes the calls read from descriptor 3, says
// on descriptor 4 what they did. It knows nothing of expected values. For all answers it is compiled once: as a
// header, and (with ASSAY_DRIVER_BODY) as an object that holds what depends on no answer.
#pragma once
#include <bits/stdc++.h>
#include <cxxabi.h>
#include <fcntl.h>
#include <unistd.h>

namespace assay_driver {

constexpr int depth_limit = 195;

// A step that could not even be tried; no error that an answer may report.
struct Panic {
    std::string message;
};

struct Value {
    char tag = 'n';
    std::string text;          // digits of a number, bytes of a text
    std::vector<Value> items;  // a map's keys and values take turns
};

// Reading

struct Reader {
    std::string data;
    std::size_t at = 0;

    Value value();
};

template <class T> std::string type_name() {
    int status = 0;
    char* name = abi::__cxa_demangle(typeid(T).name(), nullptr, nullptr, &status);
    std::string made = status == 0 ? name : typeid(T).name();
    std::free(name);
    return made;
}

template <class T> [[noreturn]] void unfit(const Value& value) {
    throw Panic{value.text.substr(0, 80) + " (" + value.tag + ") is no " + type_name<T>()};
}

// Records: the generated program names their fields in order.

template <class T> struct Record {
    static constexpr bool known = false;
};

// From plain values to declared types

template <class T> struct Fit;

template <class T> T fit(const Value& value) { return Fit<std::remove_cv_t<T>>::from(value); }

inline bool is_list(const Value& value) { return value.tag == 'l' || value.tag == 't' || value.tag == 'S'; }

template <class T>
concept Integer = (std::is_integral_v<T> || std::is_same_v<T, __int128> || std::is_same_v<T, unsigned __int128>) && !std::is_same_v<T, bool>;

template <Integer T> T digits(const Value& value) {
    bool hex = value.tag == 'x', minus = value.text[0] == '-';
    unsigned __int128 size = 0, most = std::is_signed_v<T> || std::is_same_v<T, __int128>
        ? (unsigned __int128)(((unsigned __int128)1 << (sizeof(T) * 8 - 1)) - 1 + minus)
        : (minus ? 0 : (sizeof(T) == 16 ? ~(unsigned __int128)0 : ((unsigned __int128)1 << (sizeof(T) % 16 * 8)) - 1));
    unsigned base = hex ? 16 : 10;
    for (std::size_t i = minus; i < value.text.size(); i++) {
        char letter = value.text[i];
        unsigned digit = letter <= '9' ? letter - '0' : letter - 'a' + 10;
        if (size > (most - digit) / base || digit > most) unfit<T>(value);
        size = size * base + digit;
    }
    return minus ? T(-T(size)) : T(size);
}

template <Integer T> struct Fit<T> {
    static T from(const Value& value) {
        if (value.tag == 'i' || value.tag == 'x') return digits<T>(value);
        if (value.tag == 's' && sizeof(T) == 1 && value.text.size() == 1) return T(value.text[0]);
        if constexpr (std::is_same_v<T, char32_t> || std::is_same_v<T, wchar_t>) {
            if (value.tag == 's') {
                T made = 0;
                std::size_t seen = 0;
                for (unsigned char byte : value.text) made = seen++ ? (made << 6 | (byte & 0x3f)) : (byte < 0x80 ? byte : byte & (byte < 0xe0 ? 0x1f : byte < 0xf0 ? 0x0f : 7));
                return made;
            }
        }
        unfit<T>(value);
    }
};

template <> struct Fit<bool> {
    static bool from(const Value& value) {
        if (value.tag != 'b') unfit<bool>(value);
        return value.text == "1";
    }
};

template <std::floating_point T> struct Fit<T> {
    static T from(const Value& value) {
        if (value.tag != 'f' && value.tag != 'i') unfit<T>(value);
        return T(std::strtold(value.text.c_str(), nullptr));
    }
};

template <> struct Fit<std::string> {
    static std::string from(const Value& value) {
        if (value.tag != 's' && value.tag != 'y') unfit<std::string>(value);
        return value.text;
    }
};

template <class T> requires std::is_enum_v<T> struct Fit<T> {
    static T from(const Value& value) { return T(fit<std::underlying_type_t<T>>(value)); }
};

template <class T> struct Fit<std::optional<T>> {
    static std::optional<T> from(const Value& value) {
        if (value.tag == 'n') return std::nullopt;
        return fit<T>(value);
    }
};

template <class T> struct Fit<std::unique_ptr<T>> {
    static std::unique_ptr<T> from(const Value& value) { return value.tag == 'n' ? nullptr : std::make_unique<T>(fit<T>(value)); }
};

template <class T> struct Fit<std::shared_ptr<T>> {
    static std::shared_ptr<T> from(const Value& value) { return value.tag == 'n' ? nullptr : std::make_shared<T>(fit<T>(value)); }
};

template <> struct Fit<std::monostate> {
    static std::monostate from(const Value& value) {
        if (value.tag != 'n') unfit<std::monostate>(value);
        return {};
    }
};

template <class... T> struct Fit<std::variant<T...>> {
    static std::variant<T...> from(const Value& value) {
        std::optional<std::variant<T...>> made;
        auto attempt = [&]<class One>(std::type_identity<One>) {
            if (made) return;
            try {
                made.emplace(fit<One>(value));
            } catch (const Panic&) {
            }
        };
        (attempt(std::type_identity<T>{}), ...);
        if (!made) unfit<std::variant<T...>>(value);
        return std::move(*made);
    }
};

template <class T>
concept MapLike = requires { typename T::key_type; typename T::mapped_type; };
template <class T>
concept Growing = std::ranges::range<T> && requires(T made, typename T::value_type item) { made.insert(made.end(), std::move(item)); } && !MapLike<T> && !std::is_same_v<T, std::string>;

template <MapLike T> struct Fit<T> {
    static T from(const Value& value) {
        if (value.tag != 'm') unfit<T>(value);
        T made;
        for (std::size_t i = 0; i < value.items.size(); i += 2) {
            made.emplace(fit<typename T::key_type>(value.items[i]), fit<typename T::mapped_type>(value.items[i + 1]));
        }
        return made;
    }
};

template <Growing T> struct Fit<T> {
    static T from(const Value& value) {
        T made;
        if constexpr (sizeof(typename T::value_type) == 1 && !std::is_same_v<typename T::value_type, bool>) {
            if (value.tag == 'y' || value.tag == 's') {
                for (char byte : value.text) made.insert(made.end(), typename T::value_type(byte));
                return made;
            }
        }
        if (!is_list(value)) unfit<T>(value);
        for (const Value& item : value.items) made.insert(made.end(), fit<typename T::value_type>(item));
        return made;
    }
};

template <class T, std::size_t N> struct Fit<std::array<T, N>> {
    static std::array<T, N> from(const Value& value) {
        if (!is_list(value) || value.items.size() != N) unfit<std::array<T, N>>(value);
        std::array<T, N> made;
        for (std::size_t i = 0; i < N; i++) made[i] = fit<T>(value.items[i]);
        return made;
    }
};

template <class A, class B> struct Fit<std::pair<A, B>> {
    static std::pair<A, B> from(const Value& value) {
        if (!is_list(value) || value.items.size() != 2) unfit<std::pair<A, B>>(value);
        return {fit<A>(value.items[0]), fit<B>(value.items[1])};
    }
};

template <class... T> struct Fit<std::tuple<T...>> {
    static std::tuple<T...> from(const Value& value) {
        if (!is_list(value) || value.items.size() != sizeof...(T)) unfit<std::tuple<T...>>(value);
        std::size_t i = 0;
        return std::tuple<T...>{fit<T>(value.items[i++])...};
    }
};

template <class T> requires(Record<T>::known) struct Fit<T> {
    static T from(const Value& value) {
        if (value.tag != 'm') unfit<T>(value);
        T made{};
        Record<T>::fields(made, [&](const char* name, auto& field) {
            for (std::size_t i = 0; i < value.items.size(); i += 2) {
                if (value.items[i].text == name) field = fit<std::remove_reference_t<decltype(field)>>(value.items[i + 1]);
            }
        });
        return made;
    }
};

// Where an argument lives while the function looks at it

template <class T> struct Hold {
    T kept;
    explicit Hold(const Value& value) : kept(fit<T>(value)) {}
    T& get() { return kept; }
};

template <> struct Hold<std::string_view> {
    std::string kept;
    std::string_view view;
    explicit Hold(const Value& value) : kept(fit<std::string>(value)), view(kept) {}
    std::string_view& get() { return view = kept; }
};

template <> struct Hold<const char*> {
    std::string kept;
    const char* view = nullptr;
    explicit Hold(const Value& value) : kept(fit<std::string>(value)) {}
    const char*& get() { return view = kept.c_str(); }
};

template <class T, std::size_t N> struct Hold<std::span<T, N>> {
    std::vector<std::remove_const_t<T>> kept;
    std::span<T, N> view;
    explicit Hold(const Value& value) : kept(fit<std::vector<std::remove_const_t<T>>>(value)), view(kept) {}
    std::span<T, N>& get() { return view; }
};

// Writing

struct Writer {
    std::string data;
    int depth = 0;

    void line(const char* tag, const std::string& text = "");
    void bytes(const char* tag, std::string_view text);

    template <class T> void value(const T& given) {
        if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::vector<bool>::reference>) line(given ? "b1" : "b0");
        else if constexpr (std::is_same_v<T, char>) bytes("s", std::string_view(&given, 1));
        else if constexpr (std::is_same_v<T, char32_t> || std::is_same_v<T, wchar_t>) letter(given);
        else if constexpr (Integer<T>) integer(given);
        else if constexpr (std::floating_point<T>) real(given);
        else if constexpr (std::is_enum_v<T> && !std::is_same_v<T, std::byte>) value(static_cast<std::underlying_type_t<T>>(given));
        else if constexpr (std::is_same_v<T, std::monostate> || std::is_same_v<T, std::nullopt_t> || std::is_same_v<T, std::nullptr_t>) line("n");
        else if constexpr (std::is_same_v<T, const char*> || std::is_same_v<T, char*>) given ? bytes("s", given) : line("n");
        else if constexpr (std::is_convertible_v<const T&, std::string_view>) bytes("s", given);
        else if (depth > depth_limit) bytes("o", "a value that nests without end");
        else {
            depth++;
            container(given);
            depth--;
        }
    }

    template <class T> void container(const T& given) {
        if constexpr (Record<T>::known) {
            std::size_t count = 0;
            Record<T>::fields(const_cast<T&>(given), [&](const char*, auto&) { count++; });
            line("m", std::to_string(count));
            Record<T>::fields(const_cast<T&>(given), [&](const char* name, auto& field) {
                bytes("s", name);
                value(field);
            });
        } else if constexpr (requires { given.has_value(); *given; } || requires { given.get(); *given; given.use_count(); } || requires { given.get(); given.get_deleter(); *given; }) {
            if (given) value(*given);
            else line("n");
        } else if constexpr (requires { given.valueless_by_exception(); }) {
            std::visit([&](const auto& one) { value(one); }, given);
        } else if constexpr (MapLike<T>) {
            line("m", std::to_string(given.size()));
            for (const auto& [key, item] : given) value(key), value(item);
        } else if constexpr (std::ranges::contiguous_range<T> && requires { requires sizeof(std::ranges::range_value_t<T>) == 1 && !std::is_same_v<std::ranges::range_value_t<T>, char>; requires !std::is_same_v<std::ranges::range_value_t<T>, bool>; requires !std::is_same_v<std::ranges::range_value_t<T>, signed char>; }) {
            bytes("y", std::string_view(reinterpret_cast<const char*>(std::ranges::data(given)), std::ranges::size(given)));
        } else if constexpr (std::ranges::range<const T>) {
            bool is_set = requires { typename T::key_type; given.contains(*given.begin()); requires !requires { given.equal_range(*given.begin()).first.count; }; } && unique_keys<T>();
            line(is_set ? "S" : "l", std::to_string(std::ranges::distance(given)));
            for (auto&& item : given) value(static_cast<const std::ranges::range_value_t<const T>&>(item));
        } else if constexpr (requires { std::tuple_size<T>::value; }) {
            line("l", std::to_string(std::tuple_size_v<T>));
            std::apply([&](const auto&... items) { (value(items), ...); }, given);
        } else {
            bytes("o", type_name<T>());
        }
    }

    template <class T> static constexpr bool unique_keys() {
        if constexpr (requires(T made, typename T::value_type item) { made.insert(item).second; }) return true;
        else return false;
    }

    template <class T> void integer(T given) {
        std::string text;
        bool minus = given < 0;
        unsigned __int128 size = minus ? -(unsigned __int128)given : (unsigned __int128)given;
        do text.push_back(char('0' + int(size % 10)));
        while (size /= 10);
        if (minus) text.push_back('-');
        std::reverse(text.begin(), text.end());
        line("i", text);
    }

    template <class T> void real(T given) {
        if (std::isnan(given)) return line("fnan");
        if (std::isinf(given)) return line(given > 0 ? "finf" : "f-inf");
        char text[128];
        auto end = std::to_chars(text, text + sizeof text, given);
        line("f", std::string(text, end.ptr));
    }

    void letter(char32_t code);
};

// Doing

struct Step {
    const Value& args;
    Writer said;   // the result
    Writer after;  // the arguments that may have changed
    int changed = 0;

    template <class T, class H> void look_again(int at, H& hold) {
        if constexpr (std::is_lvalue_reference_v<T> && !std::is_const_v<std::remove_reference_t<T>>) note(at, hold.get());
        else if constexpr (requires { typename std::remove_cvref_t<T>::element_type; hold.view; }) {
            if constexpr (!std::is_const_v<typename std::remove_cvref_t<T>::element_type>) note(at, hold.kept);
        }
    }

    template <class V> void note(int at, const V& now) {
        after.line("l2");
        after.line("i", std::to_string(at));
        after.value(now);
        changed++;
    }
};

// The arguments of types `T…` are made from plain values, handed to `function`, and looked at again.
template <class... T, class F> void call(Step& step, F&& function) {
    if (step.args.items.size() != sizeof...(T)) {
        throw Panic{"it takes " + std::to_string(sizeof...(T)) + " arguments, not " + std::to_string(step.args.items.size())};
    }
    std::size_t i = 0;
    std::tuple<Hold<std::remove_cvref_t<T>>...> holds{Hold<std::remove_cvref_t<T>>(step.args.items[i++])...};
    auto finish = [&] {
        int at = 0;
        std::apply([&](auto&... hold) { (step.template look_again<T>(at++, hold), ...); }, holds);
    };
    try {
        std::apply(
            [&](auto&... hold) {
                step.said.line("s1", "");
                step.said.data.append("r");
                if constexpr (std::is_void_v<decltype(function(static_cast<T&&>(hold.get())...))>) {
                    function(static_cast<T&&>(hold.get())...);
                    step.said.line("n");
                } else {
                    decltype(auto) made = function(static_cast<T&&>(hold.get())...);
                    step.said.value(static_cast<const std::remove_cvref_t<decltype(made)>&>(made));
                }
            },
            holds);
    } catch (...) {
        finish();
        throw;
    }
    finish();
}

template <class R, class... A> void call_pointer(Step& step, R (*function)(A...)) { call<A...>(step, function); }
template <class R, class C, class... A> void call_member(Step& step, C* made, R (C::*member)(A...)) {
    call<A...>(step, [&](auto&&... given) -> decltype(auto) { return (made->*member)(std::forward<decltype(given)>(given)...); });
}
template <class R, class C, class... A> void call_member(Step& step, C* made, R (C::*member)(A...) const) {
    call<A...>(step, [&](auto&&... given) -> decltype(auto) { return (made->*member)(std::forward<decltype(given)>(given)...); });
}

// Takes the form of whatever a constructor wants, where the task does not say.
template <class C> struct Any {
    const Value* value;
    template <class T> requires(!std::is_same_v<T, C>) operator T() const { return fit<T>(*value); }
};

template <class C> std::shared_ptr<C> make_any(const Value& args) {
    auto attempt = [&]<std::size_t... I>(std::index_sequence<I...>) -> std::shared_ptr<C> {
        if constexpr (requires { new C(Any<C>{&args.items[I]}...); }) return std::shared_ptr<C>(new C(Any<C>{&args.items[I]}...));
        else throw Panic{"no constructor takes so many arguments"};
    };
    switch (args.items.size()) {
        case 0: return attempt(std::make_index_sequence<0>{});
        case 1: return attempt(std::make_index_sequence<1>{});
        case 2: return attempt(std::make_index_sequence<2>{});
        case 3: return attempt(std::make_index_sequence<3>{});
        case 4: return attempt(std::make_index_sequence<4>{});
        default: throw Panic{"no constructor takes so many arguments"};
    }
}

using Action = std::function<void(Step&, std::shared_ptr<void>& made)>;

// Does all that is asked of the actions, by name, and leaves.
int run(const std::map<std::string, Action>& actions);

#ifdef ASSAY_DRIVER_BODY

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

#endif

}  // namespace assay_driver
