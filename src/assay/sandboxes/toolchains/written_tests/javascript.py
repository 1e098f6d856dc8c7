"""Tests of node:test in JavaScript: nothing is built, and a reporter of ours tells how they ended."""

from __future__ import annotations

import msgspec

from assay.core.task import Limits
from assay.sandboxes import drivers
from assay.sandboxes.box import Command
from assay.sandboxes.toolchains.base import WORK, Toolchain
from assay.sandboxes.toolchains.javascript import JavaScript
from assay.sandboxes.toolchains.written_tests.tested import Building, Sources, WrittenTests

REPORTER = f"{WORK}/written_tests.cjs"

_ENTRY = "twice.test.js"
_SAMPLE = {
    "twice.js": "exports.twice = (number) => 2 * number;\n",
    _ENTRY: (
        'const test = require("node:test");\nconst assert = require("node:assert");\n'
        'test("twice", () => assert.equal(require("./twice.js").twice(2), 4));\n'
    ),
}


class _Node:
    def __init__(self, node: JavaScript) -> None:
        self._node = node

    def prepare(self) -> None:
        """Nothing is shared."""

    def building(self, entry: str, sources: Sources) -> Building:
        return Building(script="", files={REPORTER: drivers.source("written_tests.cjs")}, kept=(REPORTER,))

    def start(self, entry: str, text: str, *, limits: Limits) -> tuple[str, Command]:
        return f'exec "$@" {entry}', reported(self._node, limits=limits)


def reported(node: JavaScript, *, limits: Limits) -> Command:
    """Node.js with the reporter, but for the file that it is to run."""
    started = node.command("", limits=limits)
    reporter = f"../{REPORTER}"
    options = ("--require", reporter, f"--test-reporter={reporter}", "--test-reporter-destination=stderr")
    return msgspec.structs.replace(started, argv=(*started.argv[:-1], *options))


def find(base: Toolchain) -> Toolchain:
    assert isinstance(base, JavaScript)
    return WrittenTests(base, _Node(base), entry=_ENTRY, sample=_SAMPLE)
