"""C++: each implementation is in a namespace, and its examples are functions beside it, all in one unit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from assay.formats.documented import Example
from assay.formats.documented.arrows import Piece, pieces
from assay.graders.example_jobs.base import Asked, Work, by_key

_HEAD = """\
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
{includes}
namespace assay_checks {{
struct Example {{
    const char* name;
    void (*run)();
}};
static int number = 0;

[[noreturn]] static void failed(const char* what) {{
    std::fprintf(stderr, "an example does not hold: %s\\n", what);
    std::fflush(stderr);
    std::_Exit(10 + number);
}}

template <class All>
[[noreturn]] static void run(int words, char** word, const All& all) {{
    for (int at = 2; at < words; ++at) {{
        number = at - 2;
        for (const Example& example : all) {{
            if (std::strcmp(example.name, word[at]) != 0) continue;
            try {{
                example.run();
            }} catch (const std::exception& error) {{
                failed(error.what());
            }} catch (...) {{
                failed("an exception");
            }}
        }}
    }}
    std::_Exit(0);
}}
}}  // namespace assay_checks
#undef assert
#define assert(...) ((__VA_ARGS__) ? void(0) : ::assay_checks::failed(#__VA_ARGS__))
"""
_IMPLEMENTATION = """\
{undefined}namespace {key} {{
#include "{key}/{file}"
#undef assert
#define assert(...) ((__VA_ARGS__) ? void(0) : ::assay_checks::failed(#__VA_ARGS__))
namespace assay_examples {{
{functions}
static const ::assay_checks::Example all[] = {{
{entries}}};
}}
}}
"""
_MAIN = """\
int main(int words, char** word) {{
{cases}    return 1;
}}
"""
_CASE = """\
    if (std::strcmp(word[1], "{key}") == 0) assay_checks::run(words, word, {key}::assay_examples::all);
"""
_INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*<[a-z_]+>[^\n]*$", re.MULTILINE)
_OWN_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"[^"\n]*"[^\n]*$', re.MULTILINE)
_DEFINED = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", re.MULTILINE)


def work(asked: Asked) -> Work:
    codes = [run.code for run in asked.runs]
    examples = [one.code for all_ in asked.examples.values() for one in all_]
    includes = sorted({line.strip() for text in codes + examples for line in _INCLUDE.findall(text)})
    undefined = "".join(f"#undef {name}\n" for name in sorted({n for code in codes for n in _DEFINED.findall(code)}))
    file = f"{asked.stem}.hpp"  # no source by its ending, so that it is not compiled for itself
    files, main, cases = {}, _HEAD.format(includes="\n".join(includes)), ""
    for key, run in zip(asked.keys, asked.runs, strict=True):
        files[f"{key}/{file}"] = f"{run.code}\n// {key}\n"  # `#pragma once` passes by what it has seen elsewhere
        functions, entries = _functions(asked.of(run))
        main += _IMPLEMENTATION.format(key=key, file=file, undefined=undefined, functions=functions, entries=entries)
        cases += _CASE.format(key=key)
    files["main.cpp"] = main + _MAIN.format(cases=cases)
    return Work(files=files, entry="main.cpp", programs=by_key(asked))


def _functions(wanted: Mapping[str, Iterable[Example]]) -> tuple[str, str]:
    """The examples, and the list of them."""
    functions, entries, number = "", "", 0
    for name, examples in wanted.items():
        for example in examples:
            functions += f"static void assay_{number}() {{\n{_body(example)}}}\n"
            entries += f"    {{{json.dumps(name)}, assay_{number}}},\n"
            number += 1
    return functions, entries


def _body(example: Example) -> str:
    code = _OWN_INCLUDE.sub("", _INCLUDE.sub("", example.code))
    return "".join(f"{_statement(part)}\n" for part in pieces("cpp", code))


def _statement(part: Piece) -> str:
    if part.throws is None:
        return part.code
    caught = f"const {part.throws}&" if part.throws else "..."
    return f'try {{ {part.code}\n; ::assay_checks::failed("no exception"); }} catch ({caught}) {{}}'
