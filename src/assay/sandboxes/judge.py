"""The judge: an answer goes into a box, is built, is driven or run; what was seen comes out.

It never holds an expected value, and knows languages only by their toolchains and isolation only by `Boxes`.
What decides that an answer failed is its own doing alone: where a tool of ours may be at fault, a trivial
program is tried first, and SandboxError raised if that fails too. What breaks in a box in which an answer has
run may be that answer's doing: it is tried once more alone, and then held against the answer on the same terms.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack

import msgspec

from assay.core.errors import SandboxError, TaskError, Unsupported
from assay.core.flags import FLAGS
from assay.core.judging import Ended, Job, Outcome, Program, Ran, Seen
from assay.core.ports import OnRun
from assay.sandboxes import served, wire
from assay.sandboxes.box import Box, Boxes, Command, Finished, Services
from assay.sandboxes.builds import Builds
from assay.sandboxes.logs import readable
from assay.sandboxes.paths import stays_below
from assay.sandboxes.toolchains import find
from assay.sandboxes.toolchains.base import WORK, Plan, Toolchain, parcel, program_folder

MODE = "outside 4"
"""Bumped when this judge can come to another verdict on the same answer."""

_COLLECTED = 4 * 1024 * 1024
_PARCEL = 64 * 1024 * 1024
_LONG_TO_READ = 1 << 18
"""Bytes of results beyond which they are read in a thread: other answers' boxes must not wait meanwhile."""
_OWN_DOING = {"java": ("network",)}
"""Flags that a language's runtime raises by itself: Java's tries which families of sockets there are."""
_REFUSED, _NOT_FOUND = 126, 127
_NOT_STARTED = (_REFUSED, _NOT_FOUND)
"""What a box says of a program that could not be started; an answer may say so too, so it is proven."""
_CPU_LEFT = 0.8
"""Stopped by the clock with less than this share of its processor time used: the machine may have been busy."""


class BoxJudge:
    """`core.ports.Judge` over any kind of boxes."""

    def __init__(
        self,
        boxes: Boxes,
        *,
        toolchains: Mapping[str, Toolchain | str] | None = None,
        where: str = "",
        services: Services | None = None,
    ) -> None:
        """`where` names the boxes, if they are not the built-in ones: a verdict may depend on them. It never does on
        `services`, which only make building quicker."""
        self._boxes = boxes
        self._services = services
        self._builds = Builds()
        self._mode = f"{MODE}; {where}" if where else MODE
        self._toolchains = toolchains
        self.closed = False
        self._proven: set[Toolchain] = set()
        self._refused: dict[Toolchain, str] = {}
        """Whose programs may not run here, and why."""
        self._proving = asyncio.Lock()

    def supports(self, language: str) -> str:
        if not language:  # an answer in words: nothing has to run
            return ""
        found = self._find(language)
        return found if isinstance(found, str) else ""

    def fingerprint(self, language: str) -> str:
        if not language:
            return ""
        found = self._find(language)
        return f"{language}: {found}" if isinstance(found, str) else f"{found.version}; {self._mode}"

    async def run(self, job: Job, *, on_run: OnRun | None = None) -> Outcome:
        toolchain = self._find(job.language, job.recipe)
        if isinstance(toolchain, str):
            raise Unsupported(toolchain)
        outcome = await self._once(toolchain, job, alone=False, on_run=on_run)
        if outcome is None:
            outcome = await self._once(toolchain, job, alone=True, on_run=on_run)
        if outcome is None:
            raise SandboxError(f"{job.language}: stopped twice without a cause")
        return outcome

    async def close(self) -> None:
        self.closed = True
        await self._boxes.close()
        if self._services is not None:
            await self._services.close()

    def _find(self, language: str, recipe: str = "") -> Toolchain | str:
        if self._toolchains is None:
            found = find(language, recipe)
        else:
            found = self._toolchains.get(language, f"no toolchain for {language!r}")
        return found if isinstance(found, str) else self._refused.get(found, found)

    async def _once(self, toolchain: Toolchain, job: Job, *, alone: bool, on_run: OnRun | None) -> Outcome | None:
        """One stay from beginning to end; None when it has to be done again, alone."""
        if stray := [path for path in job.files if not _may_be_written(path)]:
            said = readable(f"{stray[0]} is no path below the working folder".encode("utf-8", "replace"))
            return Outcome(ended=Ended.BUILD_FAILED, log=said)
        if toolchain.instant:
            plan = _planned(toolchain, job)
        else:
            plan = await asyncio.to_thread(_planned, toolchain, job)
        async with AsyncExitStack() as rooms:
            stay = _Stay(self._boxes, rooms, toolchain, plan, alone=alone, on_run=on_run)
            ended = await (stay.whole(job) if alone else stay.whole(job, self._builds, self._services))
        if isinstance(ended, _Doubt):
            if ended.again:
                return None
            await self._prove(toolchain, ended.why)
            return ended.else_
        return ended

    async def _prove(self, toolchain: Toolchain, why: str) -> None:
        """What failed counts against the answer only where a trivial program builds, and runs twice in one box.
        A stop is proven each time, as machines get slow; a compiler's own words once."""
        language = toolchain.language
        async with self._proving:
            if not why and toolchain in self._proven:
                return
            trivial = toolchain.trivial
            job = msgspec.structs.replace(trivial, programs=trivial.programs * 2)
            plan = await asyncio.to_thread(_planned, toolchain, job)
            async with AsyncExitStack() as rooms:
                ended = await _Stay(self._boxes, rooms, toolchain, plan, alone=True).whole(job)
            outcome = ended.else_ if isinstance(ended, _Doubt) else ended
            if outcome.ended is not Ended.DONE or any(ran.exit_code != 0 for ran in outcome.programs):
                said = " ".join((why or outcome.log)[:500].split())
                if self._boxes.refuses_built and any(ran.exit_code == _REFUSED for ran in outcome.programs):
                    self._refused[toolchain] = f"{language}: {self._boxes.refuses_built}"
                    raise Unsupported(self._refused[toolchain])
                raise SandboxError(f"{language}: not even a trivial program builds and runs: {said}")
            self._proven.add(toolchain)


def _may_be_written(path: str) -> bool:
    """Paths of an answer's files are the answer's choice: a bad one is its failure, not the sandbox's."""
    return stays_below(path) and not path.startswith((WORK, "-", "@"))  # compilers read options from @files


async def _read(data: bytes, asked: wire.Request, job: Job) -> wire.Results:
    if len(data) > _LONG_TO_READ:
        return await asyncio.to_thread(wire.results, data, asked, job.cases)
    return wire.results(data, asked, job.cases)


def _planned(toolchain: Toolchain, job: Job) -> Plan:
    toolchain.prepare()
    return toolchain.plan(job)


class _Doubt(msgspec.Struct, frozen=True):
    """An end that may be the apparatus's: do it again, or prove the toolchain before `else_` stands."""

    else_: Outcome
    again: bool = False
    why: str = ""


class _Stay:
    """One job, in one box; or, where programs are kept apart, in one for each and one for what is built."""

    _box: Box

    def __init__(
        self,
        boxes: Boxes,
        rooms: AsyncExitStack,
        toolchain: Toolchain,
        plan: Plan,
        *,
        alone: bool,
        on_run: OnRun | None = None,
    ) -> None:
        """`rooms` holds the box in which it is, and leaves that in the end."""
        self._boxes = boxes
        self._rooms = rooms
        self._toolchain = toolchain
        self._plan = plan
        self._alone = alone
        self._on_run = on_run
        self._begun = time.monotonic()
        self._cpu = 0.0
        self._peak: int | None = None
        self._flags: list[str] = []
        self._has_run = False

    async def whole(self, job: Job, builds: Builds | None = None, services: Services | None = None) -> Outcome | _Doubt:
        """From the first file to the last run. `builds` and `services` make building quicker, and nothing else."""
        await self._move()
        if services is not None:
            self._plan = await served.built(self._plan, services)
        try:
            if builds is None or not await builds.restored(self._plan, self._box):
                await self._box.put(self._plan.files)
                ended = await self.build()
                if ended is not None:
                    return ended
                if builds is not None:
                    await builds.remember(self._plan, self._box)
            return await (self.programs(job) if job.programs else self.calls(job))
        except SandboxError as error:
            if not self._has_run:
                raise
            # The box worked until the answer had run in it (a working folder without rights, say).
            self._flags.append("broke_box")
            return _Doubt(self._outcome(Ended.CRASHED, log=str(error)), again=not self._alone, why=str(error))

    async def _move(self) -> None:
        """Into a box where nothing has happened yet. To wait for one takes none of the answer's time."""
        left = time.monotonic()
        await self._rooms.aclose()
        self._box = await self._rooms.enter_async_context(self._boxes.enter(alone=self._alone))
        self._begun += time.monotonic() - left

    async def build(self) -> Outcome | _Doubt | None:
        """None when there is something to run."""
        for command in self._plan.builds:
            finished = await self._box.run(command)
            if finished.exit_code == 0 and not finished.limit:
                continue
            log = readable(finished.stderr, finished.stdout)
            if finished.limit in ("", "output") and finished.signal is None:
                return _Doubt(self._outcome(Ended.BUILD_FAILED, log=log))
            # Nobody has seen a compiler need this much for an honest answer. A busy machine makes it take longer and
            # may have it killed: that is the answer's fault only if it happens again, alone. It does not make it need
            # more, and what was too much is not waited for a second time.
            stop = f"the compiler was stopped: {finished.limit or f'signal {finished.signal}'}"
            failed = self._outcome(Ended.BUILD_FAILED, log=f"{stop}\n{log}")
            by_the_machine = finished.limit in ("", "wall")
            return _Doubt(failed, again=by_the_machine and not self._alone, why=stop)
        return None

    async def calls(self, job: Job) -> Outcome | _Doubt:
        try:
            asked = wire.request(job.entry, job.cases)
        except wire.WireError as error:
            raise TaskError(f"arguments that cannot be sent: {error}") from error
        finished = await self._run(msgspec.structs.replace(self._plan.run, channel=asked.data, last=True))
        if self._is_doubtful(finished):
            return _Doubt(self._outcome(Ended.EXCEEDED, limit="wall"), again=True)
        results = await _read(finished.channel, asked, job)
        log = readable(finished.stderr, finished.stdout)
        limit = finished.limit or results.limit or self._memory_gone(finished)
        self._flags += results.noticed
        if results.ending == "garbage":
            self._flags.append("wrote_channel")
        if finished.limit or (limit and results.ending != "whole"):
            return self._outcome(Ended.EXCEEDED, limit=limit, cases=results.cases, log=log)
        if results.load_error:
            return self._outcome(Ended.BUILD_FAILED, log=readable(f"{results.load_error}\n{log}".encode()))
        if results.ending == "whole":
            return self._outcome(Ended.DONE, cases=results.cases, log=log)
        if results.ending == "short" and finished.exit_code == 0:
            self._flags.append("early_exit")
        ended = "" if finished.exit_code is None else f"exit code {finished.exit_code}"
        if finished.signal is not None:
            ended = f"signal {finished.signal}"
        crashed = self._outcome(Ended.CRASHED, cases=results.cases, log=f"{log}\n[{ended}]".lstrip("\n"))
        if finished.exit_code in _NOT_STARTED:
            return _Doubt(crashed, why=log)
        return _Doubt(crashed) if self._plan.run.argv else crashed  # an interpreter may end before it begins

    async def programs(self, job: Job) -> Outcome | _Doubt:
        ran: list[Ran] = []
        logs: list[bytes] = []
        folders = [program_folder(number) for number in range(len(job.programs))]
        packed = self._plan.apart and self._plan.builds
        parcels = [await self._parcel(folder) for folder in folders] if packed else []
        for number, (folder, program) in enumerate(zip(folders, job.programs, strict=True)):
            if self._plan.apart:
                await self._move()
                await self._box.put({parcel(folder): parcels[number]} if parcels else self._plan.files)
            finished = await self._program(program, folder)
            await self._look_after(job.suite_files)
            if self._is_doubtful(finished):
                return _Doubt(self._outcome(Ended.EXCEEDED, limit="wall"), again=True)
            limit = finished.limit or self._memory_gone(finished)
            files = {}
            for path in program.collect:
                data = await self._box.take(f"{folder}/{path}", most=_COLLECTED)
                if data is not None:
                    files[path] = data
            last = Ran(
                finished.exit_code,
                stdout=finished.stdout,
                stderr=finished.stderr,
                files=files,
                limit=limit,
                signal=finished.signal,
            )
            if self._on_run is not None:
                ran, logs = [], []
            ran.append(last)
            logs.append(finished.stderr)
            if self._on_run is not None:
                if not self._on_run(number, last):
                    break
            elif limit:
                return self._outcome(Ended.EXCEEDED, limit=limit, programs=ran, log=readable(*logs))
        done = self._outcome(Ended.DONE, programs=ran, log=readable(*logs))
        unstarted = any(one.exit_code in _NOT_STARTED for one in ran)
        unproven = self._plan.run.argv and any(one.exit_code != 0 for one in ran)
        return _Doubt(done, why=readable(*logs) if unstarted else "") if unproven or unstarted else done

    async def _parcel(self, folder: str) -> bytes:
        packed = await self._box.take(parcel(folder), most=_PARCEL + 1)
        if packed is None or len(packed) > _PARCEL:
            raise SandboxError(f"what was built for {folder} is {'gone' if packed is None else 'too large'}")
        return packed

    async def _program(self, program: Program, folder: str) -> Finished:
        own = {path: data for path, data in self._plan.files.items() if not path.startswith(".")}
        given = {path: text.encode("utf-8", "replace") for path, text in program.files.items()}
        await self._box.put({f"{folder}/{path}": data for path, data in (own | given).items()})
        start = self._plan.run
        command = msgspec.structs.replace(
            start,
            argv=(*start.argv, *program.argv),
            cwd=folder,
            stdin=program.stdin.encode("utf-8", "replace"),
        )
        return await self._run(command)

    async def _look_after(self, paths: Sequence[str]) -> None:
        """Tests that run in one process with the answer are put back for the next run, and a change is noted."""
        for path in paths:
            ours = self._plan.files[path]
            if await self._box.take(path, most=len(ours) + 1) != ours:
                self._flags += ["touched_tests"] if "touched_tests" not in self._flags else []
                await self._box.put({path: ours})

    async def _run(self, command: Command) -> Finished:
        finished = await self._box.run(command)
        self._has_run = True
        self._cpu += finished.cpu_seconds
        if finished.memory_peak is not None:
            self._peak = max(self._peak or 0, finished.memory_peak)
        ignored = {*self._flags, *_OWN_DOING.get(self._toolchain.language, ())}
        self._flags += [flag for flag in finished.flags if flag in FLAGS and flag not in ignored]
        return finished

    def _is_doubtful(self, finished: Finished) -> bool:
        used = finished.cpu_seconds / self._plan.run.limits.cpu
        return finished.limit == "wall" and used < _CPU_LEFT and not self._alone

    def _memory_gone(self, finished: Finished) -> str:
        """`memory` when a runtime died by its own hand for want of it, before the box had to step in."""
        if finished.exit_code == 0:
            return ""
        said = finished.stderr[-20_000:] + finished.stdout[-2_000:]
        return "memory" if any(sign in said for sign in self._toolchain.out_of_memory) else ""

    def _outcome(
        self,
        ended: Ended,
        *,
        limit: str = "",
        cases: Sequence[tuple[Seen, ...]] = (),
        programs: Sequence[Ran] = (),
        log: str = "",
    ) -> Outcome:
        return Outcome(
            ended=ended,
            limit=limit,
            cases=tuple(cases),
            programs=tuple(programs),
            log=log,
            cpu_seconds=self._cpu,
            wall_seconds=time.monotonic() - self._begun,
            memory_peak=self._peak,
            flags=tuple(self._flags),
        )
