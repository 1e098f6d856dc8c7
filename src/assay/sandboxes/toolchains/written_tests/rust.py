"""Tests in Rust: each implementation is a crate, and the tests are one that uses it, built by `rustc --test`.

A failed assertion is a panic at a line of the tests; one inside of what is tested is another error.
"""

from __future__ import annotations

import re
import shlex

from assay.core.task import Limits
from assay.sandboxes.box import Command
from assay.sandboxes.toolchains.base import BOX_ENV, WORK, Toolchain
from assay.sandboxes.toolchains.rust import Rust
from assay.sandboxes.toolchains.written_tests.tested import SOURCES, Building, Sources, WrittenTests

_FLAGS = ("--edition", "2021", "-C", "debuginfo=0", "-C", "codegen-units=1", "--cap-lints", "allow",
          "--color", "never")  # fmt: skip
_NO_SYMBOLS = ("-C", "strip=symbols")  # the standard library's are most of what the linker would write
_BUILD = """for run in {runs}; do
    ({library} -o {work}/$run/lib{crate}.rlib {sources}/$run/{crate}.rs &&
     {tests} --extern {crate}={work}/$run/lib{crate}.rlib -o {work}/$run/program {sources}/$run/{entry}
    ) > {work}/$run/said 2>&1 && rm {work}/$run/said {work}/$run/lib{crate}.rlib
done; true"""
# Output of tests that pass is not shown. Older compilers name the place behind the message, newer ones before it.
_RUN = """said=$("$made/program" --test-threads=1 2>&1); code=$?
printf '%s\\n' "$said" >&2
case $said in *"running 0 tests"*) exit 12;; esac
[ $code = 0 ] && exit 0
[ $code = 101 ] || exit 11
printf '%s\\n' "$said" | grep -Eq "(panicked at |', )[^ ]*{entry}:[0-9]|did not panic as expected" && exit 10
exit 11"""

_ENTRY = "twice_test.rs"
_SAMPLE = {
    "twice.rs": "pub fn twice(number: i32) -> i32 {\n    2 * number\n}\n",
    _ENTRY: "use twice::twice;\n\n#[test]\nfn doubles() {\n    assert_eq!(twice(2), 4);\n}\n",
}


class _Crates:
    def __init__(self, rust: Rust) -> None:
        self._rustc = (str(rust.sysroot / "bin" / "rustc"), *_FLAGS)

    def prepare(self) -> None:
        """Nothing is shared."""

    def building(self, entry: str, sources: Sources) -> Building:
        crate = entry.removesuffix("_test.rs")
        script = _BUILD.format(
            runs=" ".join(sources),
            sources=SOURCES,
            work=WORK,
            crate=crate,
            entry=entry,
            library=shlex.join((*self._rustc, "--crate-type", "rlib", "--crate-name", crate)),
            tests=shlex.join((*self._rustc, *_NO_SYMBOLS, "--test", "--crate-name", f"{crate}_test")),
        )
        return Building(script=script)

    def start(self, entry: str, text: str, *, limits: Limits) -> tuple[str, Command]:
        return _RUN.format(entry=re.escape(entry)), Command(env={**BOX_ENV, "RUST_BACKTRACE": "0"}, limits=limits)


def find(base: Toolchain) -> Toolchain:
    assert isinstance(base, Rust)
    return WrittenTests(base, _Crates(base), entry=_ENTRY, sample=_SAMPLE)
