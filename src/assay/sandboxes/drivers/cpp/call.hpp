// One step: where its arguments live, how the function is called, what is looked at afterwards.
#pragma once
#include "write.hpp"

namespace assay_driver {

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

}  // namespace assay_driver
