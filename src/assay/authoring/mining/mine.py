"""`assay mine`: reads a history, tries what may become a task, writes what proves itself, and counts what does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from assay.authoring.mining.choose import NO_CODE, NO_TESTS, TESTS_INSIDE, Candidate, choose, collide, usable
from assay.authoring.mining.commands import built_files, command_of
from assay.authoring.mining.history import Commit, Entry, Repository
from assay.authoring.mining.inner_tests import both_apart
from assay.authoring.mining.report import report_of, slug_of
from assay.authoring.mining.trying import Dropped, Proven, Trees, prove
from assay.authoring.mining.writing import too_large_to_show, write_task
from assay.core.errors import SandboxError, Unsupported
from assay.core.ports import Judge
from assay.core.task import Limits
from assay.suites.tree import MOST_FILES
from assay.suites.writing import begin_suite, plain_name

_LARGEST_FILE = 512 << 10
_LARGEST_TREE = 12 << 20
_MOST_FILES = MOST_FILES - 200
"""A task holds its tests, solution and mutants beside the tree."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a user can say of it."""

    out: Path
    most: int = 20
    limit: int = 1000
    since: str = ""
    until: str = ""
    languages: tuple[str, ...] = ()
    command: str = ""
    """Instead of the command that is told from the tree."""
    seconds: float = 120.0
    """What one run of the tests may take."""


class Mined(msgspec.Struct, frozen=True, kw_only=True):
    """One task that was written."""

    id: str
    title: str
    commit: str
    fixed: int
    kept: int
    flaky: int
    mutants: int


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a history."""

    commits: int
    tried: int
    tasks: list[Mined]
    dropped: dict[str, int]
    """Reasons, each with how many commits; most frequent first."""
    examples: dict[str, str]
    """A commit for each reason, and what was said there."""
    left_out: int
    """Files of the trees that no task holds: too large, or no text."""


OnCommit = Callable[[str], None]
OnTask = Callable[[Mined], None]


async def mine(repository: Repository, judge: Judge, wanted: Wanted, *, on_commit: OnCommit, on_task: OnTask) -> Found:
    """Raises UserError where nothing can be read, SandboxError where nothing can be run. What is written by then stays.
    `on_commit` hears how far it is before each commit, `on_task` of each task when it is written."""
    name = plain_name(repository.path.resolve().name)
    begin_suite(wanted.out, name=f"mined-{name}", title=f"Changes of {name}")
    miner = _Miner(repository, judge, wanted)
    commits = repository.commits(most=wanted.limit, since=wanted.since, until=wanted.until)
    read = 0
    for commit in commits:
        if len(miner.tasks) >= wanted.most:
            break
        read += 1
        on_commit(f"{read} of {len(commits)} commits, {len(miner.tasks)} tasks")
        done = await miner.take(commit)
        if isinstance(done, Dropped):
            miner.drop(commit, done)
        else:
            miner.tasks.append(done)
            on_task(done)
    return Found(
        commits=read,
        tried=miner.tried,
        tasks=miner.tasks,
        dropped=dict(miner.dropped.most_common()),
        examples=miner.examples,
        left_out=miner.left_out,
    )


class _Miner:
    def __init__(self, repository: Repository, judge: Judge, wanted: Wanted) -> None:
        self._repository = repository
        self._judge = judge
        self._wanted = wanted
        self._limits = Limits(
            cpu=2 * wanted.seconds, wall=wanted.seconds, memory=2048, processes=256, disk=512, output=4096
        )
        self._has_run = False
        self.tried = self.left_out = 0
        self.tasks: list[Mined] = []
        self.dropped: Counter[str] = Counter()
        self.examples: dict[str, str] = {}

    def drop(self, commit: Commit, why: Dropped) -> None:
        self.dropped[why.reason] += 1
        self.examples.setdefault(why.reason, f"{commit.oid[:10]}{f': {why.detail}' if why.detail else ''}")

    async def take(self, commit: Commit) -> Mined | Dropped:
        """The task that a commit makes."""
        candidate = choose(self._repository.changes(commit), languages=self._wanted.languages)
        if isinstance(candidate, str):
            return Dropped(candidate)
        title, body = report_of(*self._repository.messages(commit, about=candidate.code))
        if not title:
            return Dropped("its message says too little")
        if reason := self._judge.supports(f"{candidate.language}:command"):
            return Dropped(f"{candidate.language} cannot be tested here: {reason}")
        trees = self._trees(commit, candidate)
        if isinstance(trees, Dropped):
            return trees
        self.tried += 1
        proven = await self._prove(trees)
        return proven if isinstance(proven, Dropped) else self._write(commit, trees, proven, title=title, body=body)

    async def _prove(self, trees: Trees) -> Proven | Dropped:
        """One commit for which the apparatus does not suffice ends nothing, once it has sufficed for another."""
        try:
            proven = await prove(trees, self._judge, limits=self._limits)
        except Unsupported as error:
            return Dropped("needs what is not here", str(error))
        except SandboxError as error:
            if not self._has_run:
                raise
            return Dropped("the sandbox could not run its tests", str(error))
        self._has_run = True
        return proven

    def _trees(self, commit: Commit, candidate: Candidate) -> Trees | Dropped:
        changed = {*candidate.code, *candidate.tests}
        before, after = self._repository.tree(commit.parent), self._repository.tree(commit.oid)
        owed = [entry for entry in after if entry.path in changed]
        wanted = [entry for entry in before if entry.path not in candidate.tests]
        usual = [entry for entry in wanted if _fits(entry)]
        if len(usual) > _MOST_FILES or sum(entry.size for entry in usual) > _LARGEST_TREE:
            return Dropped(f"its tree is larger than {_MOST_FILES} files or {_LARGEST_TREE >> 20} MiB")
        start = self._texts(usual)
        new = self._texts([entry for entry in owed if _fits(entry)])
        if any(path not in new for path in candidate.code):
            return Dropped("changes a file that is no text, or too large")
        self.left_out = max(self.left_out, len(wanted) - len(start))
        start = {**built_files(candidate.language, start), **start}
        if collide({**start, **new}):
            return Dropped("has paths that cannot be used")
        code, tests = candidate.code, candidate.tests
        if candidate.language in TESTS_INSIDE:
            found = both_apart(code, start, new)
            start, new = found.before, found.after
            code, tests = tuple(path for path in code if new[path] != start.get(path)), (*tests, *found.tests)
            if not code:
                return Dropped(NO_CODE)
            if not any(path in new for path in tests):
                return Dropped(NO_TESTS)
        trees = Trees(
            language=candidate.language,
            command=self._wanted.command or command_of(candidate.language, {**start, **new}),
            start=start,
            solution={path: new[path] for path in code},
            tests={path: new[path] for path in tests if path in new},
        )
        return Dropped("changes files too large to show") if too_large_to_show(trees) else trees

    def _texts(self, entries: Sequence[Entry]) -> dict[str, str]:
        """Those that are text."""
        found = {}
        for entry, data in zip(entries, self._repository.contents(entries), strict=True):
            try:
                found[entry.path] = data.decode("utf-8")
            except UnicodeDecodeError:
                continue
        return {path: text for path, text in found.items() if "\0" not in text and not text.startswith("\ufeff")}

    def _write(self, commit: Commit, trees: Trees, proven: Proven, *, title: str, body: str) -> Mined:
        task_id = f"{trees.language}/{slug_of(title)}-{commit.oid[:8]}"
        write_task(
            self._wanted.out / "tasks" / task_id,
            trees,
            proven,
            title=title,
            body=body,
            origin=f"{self._repository.origin} {commit.oid}",
            limits=self._limits,
        )
        return Mined(
            id=task_id,
            title=title,
            commit=commit.oid,
            fixed=len(proven.fixed),
            kept=len(proven.kept),
            flaky=proven.flaky,
            mutants=len(proven.mutants),
        )


def _fits(entry: Entry) -> bool:
    return entry.size <= _LARGEST_FILE and usable(entry.path)
