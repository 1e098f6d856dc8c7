"""Tests in Java: methods whose names begin with `test`, found by a class of the driver; one javac compiles all."""

from __future__ import annotations

import shlex

import msgspec

from assay.core.task import Limits
from assay.sandboxes.box import Command
from assay.sandboxes.toolchains.base import WORK, Toolchain
from assay.sandboxes.toolchains.java import COMPILING, JAVAC, QUICK, Java, class_name
from assay.sandboxes.toolchains.written_tests.tested import SOURCES, Building, Sources, WrittenTests

_ENTRY = "TwiceTest.java"
_SAMPLE = {
    "Twice.java": "class Twice {\n    static int twice(int number) { return 2 * number; }\n}\n",
    _ENTRY: "class TwiceTest {\n    static void testTwice() { assert Twice.twice(2) == 4; }\n}\n",
}


class _Classes:
    def __init__(self, java: Java) -> None:
        self._java = java

    def prepare(self) -> None:
        """The driver has what is needed."""

    def building(self, entry: str, sources: Sources) -> Building:
        java = (str(self._java.home / "bin" / "java"), *QUICK, *COMPILING, *self._java.archived("compiler"))
        pairs = [word for run in sources for word in (f"{SOURCES}/{run}", f"{WORK}/{run}")]
        words = ("-cp", str(self._java.jar), "assaydriver.CompileEach", *JAVAC, "--", *pairs)
        return Building(script=f"{shlex.join((*java, *words))} || exit 1")

    def start(self, entry: str, text: str, *, limits: Limits) -> tuple[str, Command]:
        words = ("-ea", *self._java.archived("driver"), "-cp")
        java = self._java.command(words, limits=limits)
        script = f'exec "$@" {self._java.jar}:"$made" assaydriver.Tests {class_name(entry, text)}'
        return script, msgspec.structs.replace(java, limits=limits)


def find(base: Toolchain) -> Toolchain:
    assert isinstance(base, Java)
    return WrittenTests(base, _Classes(base), entry=_ENTRY, sample=_SAMPLE)
