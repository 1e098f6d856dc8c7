"""Tests of node:test in TypeScript: all implementations are compiled at once, then as JavaScript's."""

from __future__ import annotations

import json
import shlex
from pathlib import PurePosixPath

from assay.core.task import Limits
from assay.sandboxes import drivers
from assay.sandboxes.box import Command
from assay.sandboxes.toolchains.base import WORK, Toolchain
from assay.sandboxes.toolchains.typescript import OPTIONS, TypeScript
from assay.sandboxes.toolchains.written_tests.javascript import REPORTER, reported
from assay.sandboxes.toolchains.written_tests.tested import SOURCES, Building, Sources, WrittenTests

_BUILD = """{tsc} > {work}/said
for run in {runs}; do
    grep '^\\({sources}/\\)\\{{0,1\\}}'"$run/" {work}/said > {work}/$run/said || rm {work}/$run/said
    [ -e {work}/$run/said ] || [ -e {work}/$run/{made} ] || {{ cat {work}/said; exit 1; }}
done"""

_ENTRY = "twice.test.ts"
_SAMPLE = {
    "twice.ts": "export const twice = (number: number): number => 2 * number;\n",
    _ENTRY: (
        'import assert from "node:assert";\nimport test from "node:test";\nimport { twice } from "./twice.ts";\n'
        'test("twice", () => assert.equal(twice(2), 4));\n'
    ),
}


class _Compiled:
    def __init__(self, base: TypeScript) -> None:
        self._base = base

    def prepare(self) -> None:
        """Nothing is shared."""

    def building(self, entry: str, sources: Sources) -> Building:
        options = {
            **OPTIONS,
            "typeRoots": [str(self._base.types)],
            "noEmitOnError": False,
            "esModuleInterop": True,
            "rootDir": ".",
            "outDir": "..",
        }
        config = {"compilerOptions": options, "files": [f"{run}/{entry}" for run in sources]}
        script = _BUILD.format(
            tsc=shlex.join((str(self._base.compiler), "-p", SOURCES, "--pretty", "false")),
            runs=" ".join(sources),
            sources=SOURCES,
            work=WORK,
            made=_made(entry),
        )
        files = {f"{SOURCES}/tsconfig.json": json.dumps(config), REPORTER: drivers.source("written_tests.cjs")}
        return Building(script=script, files=files, kept=(REPORTER,))

    def start(self, entry: str, text: str, *, limits: Limits) -> tuple[str, Command]:
        return f'exec "$@" "$made/{_made(entry)}"', reported(self._base.node, limits=limits)


def _made(entry: str) -> str:
    return PurePosixPath(entry).with_suffix(".js").name


def find(base: Toolchain) -> Toolchain:
    assert isinstance(base, TypeScript)
    return WrittenTests(base, _Compiled(base), entry=_ENTRY, sample=_SAMPLE)
