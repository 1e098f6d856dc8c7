"""TypeScript: the native compiler from npm's `typescript`, then Node.js. A type error fails the build."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath

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
    system_mounts,
    tool_folders,
)
from assay.sandboxes.toolchains.javascript import JavaScript, find_node

OPTIONS = {
    "target": "es2022", "module": "commonjs", "lib": ["es2023"], "types": ["node"], "moduleDetection": "force",
    "strict": False, "skipLibCheck": True, "noEmitOnError": True, "rewriteRelativeImportExtensions": True,
    "rootDir": "..", "outDir": "out",
}  # fmt: skip


class TypeScript:
    """One native tsc with the types of Node.js, and the Node.js that runs what it makes."""

    language = "typescript"
    instant = False
    out_of_memory = JavaScript.out_of_memory
    trivial = Job(
        language="typescript",
        files={"answer.ts": "const n: number = 1;\nconsole.log(n);\n"},
        entry="answer.ts",
        programs=(Program(),),
    )

    def __init__(self, node: JavaScript, compiler: Path, types: Path, version: str) -> None:
        self.node = node
        self.compiler = compiler
        self.types = types
        self.version = f"tsc {version}, {node.version}"

    @property
    def mounts(self) -> tuple[Mount, ...]:
        undici = self.types.parent / "undici-types"
        return system_mounts(self.node.node, self.compiler.parent, self.types, undici)

    def prepare(self) -> None:
        """Nothing is shared."""

    def plan(self, job: Job) -> Plan:
        options = {**OPTIONS, "typeRoots": [str(self.types)]}
        config = {"compilerOptions": options, "files": [f"../{job.entry}"]}
        files = {**answer_files(job), f"{WORK}/tsconfig.json": json.dumps(config).encode()}
        build = Command(argv=(str(self.compiler), "-p", WORK, "--pretty", "false"), env=BOX_ENV, limits=BUILD)
        made = str(PurePosixPath(WORK, "out", job.entry).with_suffix(".js"))
        if job.programs:
            run = self.node.command(f"../{made}", limits=job.limits, as_written=job.as_written)
            return Plan(files=files, builds=(build,), run=run)
        driver = drivers.source("driver.js").replace("new Reader(readAll()).value()", _redirected(made))
        files[f"{WORK}/driver.cjs"] = driver.encode()
        run = self.node.command(f"{WORK}/driver.cjs", limits=job.limits, as_written=job.as_written)
        return Plan(files=files, builds=(build,), run=run)


def _redirected(made: str) -> str:
    """The driver is asked for the source's functions and loads what was compiled from it."""
    return f"[{json.dumps(made)}, new Reader(readAll()).value()[1]]"


def find() -> Toolchain | str:
    node = find_node()
    if isinstance(node, str):
        return node
    for folder in tool_folders():
        modules = folder / "node_modules"
        types = modules / "@types"
        compilers = sorted(modules.glob("@typescript/typescript-*/lib/tsc"))
        if compilers and (types / "node").is_dir():
            version = re.search(r"\d\S*", ask(compilers[0].resolve(), "--version"))
            if version:
                return TypeScript(JavaScript(*node), compilers[0].resolve(), types.resolve(), version[0])
    return (
        "no TypeScript compiler found: `npm install --prefix .toolchains typescript @types/node` "
        "(TypeScript 7 or newer), or name its folder in $ASSAY_TOOLCHAINS"
    )
