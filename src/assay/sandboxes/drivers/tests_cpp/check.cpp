// Runs the tests of check.hpp, each in a process of its own: a crash ends that test and no other. How they ended is the
// exit code, as written_tests.py has it. The first argument is the name of the file that holds the tests: an `assert`
// that fails elsewhere is no assertion of theirs.
#include "check.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <exception>
#include <iostream>
#include <string>
#include <typeinfo>
#include <vector>

namespace {
constexpr int held = 0, asserted = 10, broke = 11, none = 12;

struct Test {
    const char* name;
    void (*run)();
};

std::vector<Test>& tests() {
    static std::vector<Test> all;
    return all;
}

std::string tests_file;
bool has_failed = false;

[[noreturn]] void leave(int code) {
    std::cout.flush();
    std::fflush(nullptr);
    _exit(code);
}

void say(const std::string& line) { std::cerr << line << std::endl; }

std::string thrown() {
    const std::type_info* type = abi::__cxa_current_exception_type();
    int status = 0;
    char* name = type ? abi::__cxa_demangle(type->name(), nullptr, nullptr, &status) : nullptr;
    std::string said = name ? name : "something unknown";
    std::free(name);
    return said;
}

int run_here(const Test& test) {
    try {
        test.run();
    } catch (const check::Left&) {
    } catch (const std::exception& error) {
        say(std::string(test.name) + ": error: " + thrown() + ": " + error.what());
        return has_failed ? asserted : broke;
    } catch (...) {
        say(std::string(test.name) + ": error: " + thrown());
        return has_failed ? asserted : broke;
    }
    return has_failed ? asserted : held;
}

int run_apart(const Test& test) {
    std::fflush(nullptr);
    pid_t child = fork();
    if (child == 0) leave(run_here(test));
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) return broke;
    if (WIFEXITED(status)) {
        int code = WEXITSTATUS(status);
        return code == held || code == asserted ? code : broke;
    }
    say(std::string(test.name) + ": error: ended by signal " + std::to_string(WTERMSIG(status)));
    return broke;
}
}  // namespace

namespace check {
bool add(const char* name, void (*test)()) {
    tests().push_back({name, test});
    return true;
}

void failed(const char* file, int line, const char* what) {
    has_failed = true;
    const char* last = std::strrchr(file, '/');
    say(std::string(last ? last + 1 : file) + ":" + std::to_string(line) + ": failed assertion: " + what);
}
}  // namespace check

extern "C" [[noreturn]] void __assert_fail(const char* what, const char* file, unsigned int line, const char*) noexcept {
    const char* last = std::strrchr(file, '/');
    if (tests_file != (last ? last + 1 : file)) {
        say(std::string(file) + ":" + std::to_string(line) + ": error: assert(" + what + ")");
        leave(broke);
    }
    check::failed(file, static_cast<int>(line), (std::string("assert(") + what + ")").c_str());
    leave(asserted);
}

int main(int, char** words) {
    tests_file = words[1];
    int end = held;
    for (const Test& test : tests()) {
        int one = run_apart(test);
        if (one == asserted || end == held) end = one == held ? end : one;
    }
    return tests().empty() ? none : end;
}
