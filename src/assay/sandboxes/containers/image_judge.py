"""A judge for tasks that bring an image of their own: the answer's script works in a container of it, then the tests
are put there and run.

An image that is described by a Dockerfile is built when it is first wanted, by the engine's own `build`, and kept
under a name made of what it was built from. Building runs what the Dockerfile says, with a network: so it is only done
where somebody asked for the engine by name.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import msgspec

from assay.core.errors import SandboxError, Unsupported
from assay.core.judging import Ended, Job, Outcome, Ran
from assay.core.ports import Executed, OnRun
from assay.sandboxes.containers.engine import COMMANDS, Engine, find_engine
from assay.sandboxes.containers.workspace import ContainerWorkspace, ContainerWorkspaces
from assay.sandboxes.logs import readable

MODE = "image 1"
"""Bumped when this judge can come to another verdict on the same answer."""

_ROOT = "0:0"
_REWARDS = "/logs/verifier"
_BUILD_WITHIN = 1800.0
_PUT = 'mkdir -p "$(dirname "$1")" && cat > "$1"'
_MAKE_READY = f"rm -rf /solution /tests {_REWARDS} && mkdir -p {_REWARDS} /tests"


class ImageJudge:
    """`core.ports.Judge` for jobs of the recipe `image`: their one program's argv is the image's name, or nothing, and
    the working folder, or nothing; files lie below `environment/`, `solution/` and `tests/`."""

    def __init__(self, sandbox: str = "", *, engine: Engine | None = None) -> None:
        """`sandbox` is the engine that the user named; without one nothing runs, and it says why."""
        self.closed = False
        self._sandbox = sandbox
        self._engine = engine
        self._slots = asyncio.Semaphore(os.cpu_count() or 1)
        self._building: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def supports(self, language: str) -> str:
        if self._engine is None and self._sandbox not in COMMANDS:
            return (
                f"its tasks have images of their own: --sandbox {' or --sandbox '.join(COMMANDS)} builds and uses them"
            )
        try:
            self._found()
        except SandboxError as error:
            return str(error)
        return ""

    def fingerprint(self, language: str) -> str:
        return f"{self._found().kind}; {MODE}"

    async def run(self, job: Job, *, on_run: OnRun | None = None) -> Outcome:
        if reason := self.supports(job.language):
            raise Unsupported(reason)
        (program,) = job.programs
        named, workdir = program.argv
        image = named or await self._built(_below(job, "environment/"))
        spaces = ContainerWorkspaces(
            image, engine=self._found(), folder=workdir or await self._workdir(image), user=_ROOT, room=job.limits.disk
        )
        async with self._slots:
            began = time.monotonic()
            outcome = await _once(spaces, job) or await _once(spaces, job)
        outcome = outcome or Outcome(ended=Ended.CRASHED, log="it left a container in which nothing can be run")
        return msgspec.structs.replace(outcome, wall_seconds=time.monotonic() - began)

    async def close(self) -> None:
        self.closed = True

    def _found(self) -> Engine:
        if self._engine is None:
            self._engine = find_engine(self._sandbox)
        return self._engine

    async def _built(self, context: Mapping[str, str]) -> str:
        """The name of the image of this Dockerfile and what lies beside it."""
        digest = hashlib.sha256(msgspec.json.encode(sorted(context.items()))).hexdigest()[:20]
        name = f"assay-task:{digest}"
        async with self._building[name]:
            code, _, _ = await self._found().call("image", "inspect", "--format", "{{.Id}}", name)
            if code != 0:
                await self._build(name, context)
        return name

    async def _build(self, name: str, context: Mapping[str, str]) -> None:
        with tempfile.TemporaryDirectory(prefix="assay-image-") as folder:
            for path, text in context.items():
                place = Path(folder, path)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, "utf-8")
            words = ("build", "--quiet", "--label", "assay.task=1", "--tag", name, folder)
            code, _, said = await self._found().call(*words, within=_BUILD_WITHIN)
        if code != 0:
            raise SandboxError(f"its image cannot be built: {self._found().complaint(said)}")

    async def _workdir(self, image: str) -> str:
        code, said, error = await self._found().call("image", "inspect", "--format", "{{.Config.WorkingDir}}", image)
        if code != 0:
            raise SandboxError(self._found().complaint(error))
        return said.strip() or "/"


def _below(job: Job, folder: str) -> dict[str, str]:
    return {path.removeprefix(folder): text for path, text in job.files.items() if path.startswith(folder)}


async def _once(spaces: ContainerWorkspaces, job: Job) -> Outcome | None:
    """None where a container could not be used any more in which the answer had run, and a fresh one can."""
    space = await spaces.open({}, limits=job.limits)
    try:
        return await _judge(space, job)
    except SandboxError:
        await space.close()
        fresh = await spaces.open({}, limits=job.limits)
        try:
            if not await _put(fresh, "/solution", {"trivial": ""}):
                raise
        finally:
            await fresh.close()
        return None
    finally:
        await space.close()


async def _judge(space: ContainerWorkspace, job: Job) -> Outcome:
    if not await _put(space, "/solution", _below(job, "solution/")):
        raise SandboxError("an answer could not be put into its container")
    did = await space.exec(["bash", f"/solution/{job.entry}"], limits=job.limits)
    if did.limit:
        return Outcome(ended=Ended.EXCEEDED, limit=did.limit, programs=(_ran(did),), log=_said(did))
    # From here on the container is as the answer left it: what does not work in it any more is the answer's doing.
    ready = await space.exec(["sh", "-c", _MAKE_READY])
    if ready.exit_code != 0 or not await _put(space, "/tests", _below(job, "tests/")):
        return Outcome(ended=Ended.CRASHED, programs=(_ran(did),), log="it left no place for the tests")
    tried = await space.exec(["bash", "/tests/test.sh"], limits=job.limits)
    if tried.limit:
        return Outcome(ended=Ended.EXCEEDED, limit=tried.limit, programs=(_ran(did), _ran(tried)), log=_said(tried))
    files: dict[str, bytes] = {}
    for name in job.programs[0].collect:
        read = await space.exec(["cat", f"{_REWARDS}/{name}"])
        if read.exit_code == 0:
            files[name] = read.stdout
    ran = msgspec.structs.replace(_ran(tried), files=files)
    return Outcome(ended=Ended.DONE, programs=(_ran(did), ran), log=_said(did, tried))


async def _put(space: ContainerWorkspace, folder: str, files: Mapping[str, str]) -> bool:
    for path, text in files.items():
        done = await space.exec(["sh", "-c", _PUT, "sh", f"{folder}/{path}"], stdin=text.encode())
        if done.exit_code != 0:
            return False
    return True


def _ran(done: Executed) -> Ran:
    return Ran(exit_code=done.exit_code, stdout=done.stdout, stderr=done.stderr, limit=done.limit)


def _said(*done: Executed) -> str:
    return readable(*(part for one in done for part in (one.stdout, one.stderr)))
