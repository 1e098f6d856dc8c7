"""Rust: rustc called directly. The driver's crate is compiled once; the calls are written from the signatures.

The answer stays the root of its crate, with our module added at its end: private functions can be reached from
there, `crate::` means what its author meant, and line numbers in errors are the answer's own.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from assay.core.errors import TaskError
from assay.core.judging import Job, Program
from assay.sandboxes import drivers
from assay.sandboxes.box import Command, Mount
from assay.sandboxes.toolchains.base import (
    BOX_ENV,
    BUILD,
    WORK,
    Plan,
    Toolchain,
    answer_files,
    ask,
    cache_folder,
    host_run,
    prepared,
    shared_folder,
    short_hash,
    system_mounts,
    tool,
    write_sources,
)
from assay.sandboxes.toolchains.signatures import Signature, rust

# Overflow panics as it does under `cargo test`; the rest is what makes rustc quick on small programs.
_FLAGS = ("--edition", "2021", "-C", "opt-level=1", "-C", "debuginfo=0", "-C", "overflow-checks=on",
          "--cap-lints", "allow", "--color", "never")  # fmt: skip
_CODEGEN = ("-C", "codegen-units=1")
_MAIN = re.compile(r"^(\s*(?:pub\s+)?)fn\s+main\s*\(", re.MULTILINE)


class Rust:
    """One rustc, without its rustup proxy."""

    language = "rust"
    instant = False
    out_of_memory = (b"memory allocation of ",)
    trivial = Job(
        language="rust",
        files={"answer.rs": 'fn main() { println!("1"); }\n'},
        entry="answer.rs",
        programs=(Program(),),
    )

    def __init__(self, sysroot: Path, version: str) -> None:
        self.sysroot = sysroot
        self._source = drivers.sources("rust")
        self._driver = cache_folder("rust", short_hash(f"{sysroot} {version} {_FLAGS} {self._source}"))
        self.version = f"rustc {version}, opt-level 1"

    @property
    def mounts(self) -> tuple[Mount, ...]:
        return system_mounts(self.sysroot, shared_folder())

    def prepare(self) -> None:
        prepared(self._driver, self._compile_driver)

    def _compile_driver(self, folder: Path) -> None:
        write_sources(folder, self._source)
        argv = (*self._rustc(), "--crate-type", "rlib", "--crate-name", "assay_driver", "--out-dir", folder)
        host_run((*argv, folder / "lib.rs"), cwd=folder, env=BOX_ENV, what="compiling the Rust driver")

    def _rustc(self) -> tuple[str, ...]:
        return (str(self.sysroot / "bin" / "rustc"), *_FLAGS, *_CODEGEN)

    def plan(self, job: Job) -> Plan:
        made = f"{WORK}/program"
        files = answer_files(job)
        files[f"{WORK}/driver"] = b""  # the folder must be there for the linker
        source, start = job.entry, f"../{made}"
        more: tuple[str, ...] = ()
        if not job.programs:
            source = str(PurePosixPath(job.entry).with_suffix(".driven.rs"))
            files[source] = _driven(job).encode("utf-8", "replace")
            start = f"./{made}"
            more = ("--extern", f"assay_driver={self._driver}/libassay_driver.rlib")
        argv = (*self._rustc(), "--crate-name", "answer", *more, "-o", made, source)
        build = Command(argv=argv, env=BOX_ENV, limits=BUILD)
        run = Command(argv=(start,), env={**BOX_ENV, "RUST_BACKTRACE": "0"}, limits=job.limits)
        return Plan(files=files, builds=(build,), run=run)


def _driven(job: Job) -> str:
    """The answer with its own main renamed and ours at the end."""
    answer = _MAIN.sub(r"\1fn answer_main(", job.files.get(job.entry, ""))
    declared = [signature for text in job.api if (signature := rust(text)) is not None]
    actions: dict[str, str] = {}
    for case in job.cases:
        kind = ""
        for step in case:
            if step.op == "new":
                kind = step.name
                found = _declaration(declared, kind, "new")
                actions[f"new {kind}"] = _construct(found)
            elif step.op == "call":
                owner, _, bare = step.name.rpartition("::")
                actions[f"call {step.name}"] = _call(_declaration(declared, owner, bare))
            elif kind:
                actions[f"do {kind}::{step.name}"] = _do(_declaration(declared, kind, step.name))
    records = "".join(_record(name, fields) for name, fields in job.records.items())
    entries = "".join(f'        ("{name}", {body}),\n' for name, body in actions.items())
    return f"{answer}\n{_MODULE.format(records=records, entries=entries)}"


_MODULE = """
#[allow(ambiguous_glob_reexports)]
mod assay_driven {{
    use super::*;
    use ::assay_driver::{{BackDebugged as _, BackDisplayed as _, BackPlain as _}};
{records}
    pub const ACTIONS: &[(&'static str, ::assay_driver::Action)] = &[
{entries}    ];
}}

fn main() {{ ::assay_driver::run(assay_driven::ACTIONS) }}
"""


def _declaration(declared: list[Signature], owner: str, name: str) -> Signature:
    for one in declared:
        if one.owner == owner and one.name == name:
            return one
    full = f"{owner}::{name}" if owner else name
    raise TaskError(f"the task's api has no signature of {full}, which Rust's driver needs")


def _arguments(known: Signature) -> tuple[str, str, str]:
    """Statements that make the arguments, the arguments, and statements that look at them again."""
    makes = [f"::assay_driver::expect(args, {len(known.types)})?;"]
    given, again = [], []
    for at, text in enumerate(known.types):
        kind, form = stored(text)
        makes.append(f"let mut a{at}: {kind} = ::assay_driver::Fit::fit(&args[{at}])?;")
        given.append(form.format(f"a{at}"))
        if text.startswith("&") and re.match(r"&\s*(?:'\w+\s+)?mut\b", text):
            again.append(f"said.changed({at}, &a{at});")
    return " ".join(makes), ", ".join(given), " ".join(again)


def stored(text: str) -> tuple[str, str]:
    """The type in which an argument of a declared type is kept, and how it is handed over."""
    plain = re.sub(r"'\w+\s*", "", text).strip()
    borrowed = re.match(r"&\s*(mut\b)?\s*(.*)$", plain, re.DOTALL)
    if borrowed:
        mutable, inner = borrowed[1], borrowed[2].strip()
        how = "&mut {}" if mutable else "&{}"
        if inner == "str":
            return "::std::string::String", "&mut *{}" if mutable else "{}.as_str()"
        if inner.startswith("[") and ";" not in inner:
            item, form = stored(inner[1:-1].strip())
            return f"::std::vec::Vec<{item}>", how if form == "{}" else "&" + _each(form)
        kept, form = stored(inner)
        return kept, how if form == "{}" else "&" + form
    generic = re.match(r"(Vec|Option)\s*<(.*)>$", plain, re.DOTALL)
    if generic:
        kept, form = stored(generic[2].strip())
        if form == "{}":
            return plain, "{}"
        if generic[1] == "Vec":
            return f"::std::vec::Vec<{kept}>", _each(form)
        return f"::std::option::Option<{kept}>", "{}.as_ref().map(|one| " + form.format("one") + ")"
    return plain, "{}"


def _each(form: str) -> str:
    return "{}.iter().map(|one| " + form.format("one").replace("&one", "one") + ").collect::<::std::vec::Vec<_>>()"


_HEAD = "|args: &[::assay_driver::Value], made: &mut ::assay_driver::Made, said: &mut ::assay_driver::Said| {"


def _told(known: Signature, expression: str) -> str:
    drawn = "Iterator<" in known.returns and not known.returns.startswith(("Option", "Result"))
    value = f"{expression}.take(1_000_000).collect::<::std::vec::Vec<_>>()" if drawn else expression
    return f"{{ let back = ::assay_driver::Back({value}); (&&&back).tell(said); }}"


def _call(known: Signature) -> str:
    makes, given, again = _arguments(known)
    path = f"{known.owner}::{known.name}" if known.owner else f"super::{known.name}"
    return f"{_HEAD} {makes} {_told(known, f'{path}({given})')} {again} Ok(()) }}"


def _construct(known: Signature) -> str:
    makes, given, again = _arguments(known)
    store = '*made = ::std::option::Option::Some(::std::boxed::Box::new(new)); said.returned(&|out| out.line("n"));'
    call = f"{known.owner}::{known.name}({given})"
    if known.returns.startswith("Result"):
        failed = "::assay_driver::Back(::std::result::Result::<(), _>::Err(error))"
        body = f"match {call} {{ Ok(new) => {{ {store} }} Err(error) => {{ (&&&{failed}).tell(said); }} }}"
    else:
        body = f"let new = {call}; {store}"
    return f"{_HEAD} {makes} {body} {again} Ok(()) }}"


def _do(known: Signature) -> str:
    makes, given, again = _arguments(known)
    wrong = f'::assay_driver::Unfit("the object is no {known.owner}".to_string())'
    target = f"made.as_mut().and_then(|one| one.downcast_mut::<{known.owner}>()).ok_or_else(|| {wrong})?"
    told = _told(known, f"target.{known.name}({given})")
    return f"{_HEAD} {makes} let target = {target}; {told} {again} Ok(()) }}"


def _record(name: str, fields: tuple[str, ...]) -> str:
    if not re.fullmatch(r"\w+", name) or not all(re.fullmatch(r"\w+", field) for field in fields):
        raise TaskError(f"{name!r} is no record of plain fields")
    fits = ", ".join(f'{field}: ::assay_driver::field(value, "{field}")?' for field in fields)
    says = " ".join(
        f'::assay_driver::Say::say("{field}", out); ::assay_driver::Say::say(&self.{field}, out);' for field in fields
    )
    value = "value: &::assay_driver::Value"
    result = "::std::result::Result<Self, ::assay_driver::Unfit>"
    return (
        f"    impl ::assay_driver::Fit for {name} {{\n"
        f"        fn fit({value}) -> {result} {{ Ok({name} {{ {fits} }}) }}\n    }}\n"
        f"    impl ::assay_driver::Say for {name} {{\n"
        f'        fn say(&self, out: &mut ::assay_driver::Out) {{ out.line("m{len(fields)}"); {says} }}\n    }}\n'
    )


def find() -> Toolchain | str:
    rustc = tool("rustc")
    if rustc is None:
        return "no rustc found: install Rust (rustup, or Debian: rustc)"
    sysroot = ask(rustc, "--print", "sysroot")
    version = re.search(r"rustc (\S+)", ask(rustc, "--version"))
    if not sysroot or not version or not Path(sysroot, "bin", "rustc").exists():
        return "rustc was found, but does not start"
    if tool("cc") is None:
        return "rustc was found, but no C linker: install gcc"
    return Rust(Path(sysroot).resolve(), version[1])
