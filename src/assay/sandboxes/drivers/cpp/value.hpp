// Plain values as they come over the wire, and what is thrown where one does not fit.
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

}  // namespace assay_driver
