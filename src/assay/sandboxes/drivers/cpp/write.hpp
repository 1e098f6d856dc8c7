// Whatever a function gave back, as bytes of the wire.
#pragma once
#include "fit.hpp"

namespace assay_driver {

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

}  // namespace assay_driver
