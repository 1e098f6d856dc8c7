// From plain values to declared types.
#pragma once
#include "value.hpp"

namespace assay_driver {

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

}  // namespace assay_driver
