"""Rust: each implementation is a module, and its examples are functions in a module beside it, as doctests would be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from assay.formats.documented import Example
from assay.graders.example_jobs.base import Asked, Work, by_key

_MAIN = """\
mod assay_checks {{
    pub struct Example {{
        pub run: fn(),
        pub panics: bool,
    }}

    pub trait Ended {{
        fn ended(self);
    }}

    impl Ended for () {{
        fn ended(self) {{}}
    }}

    impl<T, E: std::fmt::Debug> Ended for Result<T, E> {{
        fn ended(self) {{
            self.map(|_| ()).unwrap()
        }}
    }}

    pub fn run(names: &[String], all: &[(&str, &[Example])]) -> ! {{
        for (at, name) in names.iter().enumerate() {{
            for example in all.iter().filter(|one| one.0 == name).flat_map(|one| one.1) {{
                if std::panic::catch_unwind(example.run).is_err() != example.panics {{
                    eprintln!("an example of {{name}} does not hold");
                    std::process::exit(10 + at as i32);
                }}
            }}
        }}
        std::process::exit(0)
    }}
}}

{modules}
fn main() {{
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words[0].as_str() {{
{arms}        _ => std::process::exit(1),
    }}
}}
"""
_BESIDE = """\
mod {key};
#[allow(unused)]
mod {key}_examples {{
    use super::assay_checks::{{Ended as _, Example}};
    use super::{key} as {stem};
    use super::{key}::*;
{functions}
    pub const ALL: &[(&str, &[Example])] = &[
{entries}    ];
}}
"""
_HAS_MAIN = re.compile(r"\bfn\s+main\s*\(")
_ENDS_WELL = re.compile(r"\(\s*\(\s*\)\s*\)\s*\Z")
"""How an example ends in which `?` is used: `Ok::<(), Box<dyn Error>>(())`."""


def work(asked: Asked) -> Work:
    files, modules, arms = {}, "", ""
    for key, run in zip(asked.keys, asked.runs, strict=True):
        files[f"{key}.rs"] = run.code
        functions, entries = _functions(asked.of(run))
        modules += _BESIDE.format(key=key, stem=asked.stem, functions=functions, entries=entries)
        arms += f'        "{key}" => assay_checks::run(&words[1..], {key}_examples::ALL),\n'
    files["main.rs"] = _MAIN.format(modules=modules, arms=arms)
    return Work(files=files, entry="main.rs", programs=by_key(asked))


def _functions(wanted: Mapping[str, Iterable[Example]]) -> tuple[str, str]:
    """The examples, and the list of them."""
    functions, entries, number = "", "", 0
    for name, examples in wanted.items():
        listed = ""
        for example in examples:
            functions += f"    fn assay_{number}() {{\n{_body(example)}\n    }}\n"
            panics = "true" if example.panics else "false"
            listed += f"Example {{ run: assay_{number}, panics: {panics} }}, "
            number += 1
        entries += f"        ({json.dumps(name)}, &[{listed}]),\n"
    return functions, entries


def _body(example: Example) -> str:
    if _HAS_MAIN.search(example.code):
        return f"{example.code}\nmain().ended()"
    if _ENDS_WELL.search(example.code[-200:]):
        return f"fn inner() -> Result<(), impl std::fmt::Debug> {{\n{example.code}\n}}\ninner().ended()"
    return example.code
