"""Languages whose programs are given to an interpreter as they stand: PHP, Bash, Ruby, Lua, Perl, R, Julia.

They run programs only: nothing of ours is in the process, and no typed calls can be made.
"""

from __future__ import annotations

import functools
import re

import msgspec

from assay.core.errors import TaskError
from assay.core.judging import Job, Program
from assay.sandboxes.box import Command, Mount
from assay.sandboxes.toolchains.base import (
    BOX_ENV,
    Plan,
    Toolchain,
    answer_files,
    ask,
    system_mounts,
    tool,
)


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """One language."""

    command: str
    install: str
    """What to install, in a person's words."""
    trivial: str
    suffix: str
    version: tuple[str, ...] = ("--version",)
    needs: tuple[str, ...] = ()
    """Arguments with which the interpreter proves that what programs in this language expect beside it is here;
    it prints something."""
    missing: str = ""
    """What is missing where that fails, and what to install."""
    configuration: tuple[str, ...] = ()
    """Folders beside the system's that it reads when it starts."""


_ROWS = {
    "php": _Row(
        command="php", install="PHP 8 (Debian: php-cli)", trivial="<?php echo 1;\n", suffix=".php",
        configuration=("/etc/php",),
    ),
    "bash": _Row(
        command="bash", install="Bash", trivial="echo 1\n", suffix=".sh",
        needs=("-c", "command -v bc"),
        missing="bash is here, but bc is not, which Bash programs calculate with: install it (Debian: bc)",
    ),
    "ruby": _Row(
        command="ruby", install="Ruby 3 (Debian: ruby)", trivial="puts 1\n", suffix=".rb",
        needs=("-e", "gem 'test-unit'; puts 1"),
        missing="ruby is here, but its test-unit is not: install it (Debian: ruby-test-unit)",
    ),
    "lua": _Row(
        command="lua", install="Lua 5.3 (Debian: lua5.3)", trivial="print(1)\n", suffix=".lua", version=("-v",),
        needs=("-e", "require('luaunit') print(1)"),
        missing="lua is here, but luaunit is not: install it (Debian: lua-unit)",
    ),
    "perl": _Row(
        command="perl", install="Perl 5 (Debian: perl)", trivial="print 1;\n", suffix=".pl",
        version=("-e", "print $^V"), needs=("-e", "use Test::Deep; print 1"),
        missing="perl is here, but Test::Deep is not: install it (Debian: libtest-deep-perl)",
        configuration=("/etc/perl",),
    ),
    "r": _Row(
        command="Rscript", install="R (Debian: r-base-core)", trivial="cat(1)\n", suffix=".R",
        configuration=("/etc/R",),
    ),
    "julia": _Row(command="julia", install="Julia, from julialang.org", trivial="print(1)\n", suffix=".jl"),
}  # fmt: skip


class Interpreted:
    """One interpreter."""

    instant = False
    out_of_memory = (
        b"Allowed memory size of", b"Out of memory", b"not enough memory", b"failed to allocate memory",
        b"cannot allocate vector of size", b"OutOfMemoryError()", b"xrealloc: cannot allocate",
    )  # fmt: skip

    def __init__(self, language: str, command: str, version: str, *, mounts: tuple[Mount, ...]) -> None:
        self.language = language
        self.version = f"{_ROWS[language].command} {version}"
        self.mounts = mounts
        self._command = command

    @property
    def trivial(self) -> Job:
        row = _ROWS[self.language]
        name = f"answer{row.suffix}"
        return Job(language=self.language, files={name: row.trivial}, entry=name, programs=(Program(),))

    def prepare(self) -> None:
        """Nothing is shared."""

    def plan(self, job: Job) -> Plan:
        if not job.programs:
            raise TaskError(f"{self.language} is judged by programs only: there is no driver that calls its functions")
        argv = (self._command, f"../{job.entry}")
        return Plan(files=answer_files(job), run=Command(argv=argv, env=BOX_ENV, limits=job.limits))


def find(language: str) -> Toolchain | str:
    row = _ROWS[language]
    command = tool(row.command)
    if command is None:
        return f"no {row.command} found: install {row.install}"
    command = command.resolve()
    version = re.search(r"\d+\.\d[\w.+-]*", ask(command, *row.version))
    if not version:
        return f"{row.command} was found, but does not start"
    if row.needs and not ask(command, *row.needs):
        return row.missing
    return Interpreted(language, str(command), version[0], mounts=system_mounts(command, *row.configuration))


find_php = functools.partial(find, "php")
find_bash = functools.partial(find, "bash")
find_ruby = functools.partial(find, "ruby")
find_lua = functools.partial(find, "lua")
find_perl = functools.partial(find, "perl")
find_r = functools.partial(find, "r")
find_julia = functools.partial(find, "julia")
