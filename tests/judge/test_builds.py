"""An answer that comes again is not built again, and nothing else is different about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest
import pytest_asyncio

from assay.core.judging import Ended, Job, Outcome, Program
from assay.sandboxes.box import Box, Command
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import LANGUAGES, all_mounts, find

pytestmark = pytest.mark.asyncio(loop_scope="session")

_BUILT = [
    (language, recipe)
    for language in LANGUAGES
    for recipe in ("", "written-tests")
    if language != "python" and (language, recipe) != ("javascript", "")
]
_GREETING = """#include <cstdio>
#include <cstdlib>
int main() {{ std::system("ls -A /tmp .. ../.assay"); std::puts("{}"); return std::remove("../.assay/program"); }}
"""


class _Watched:
    """Boxes of which is known what has run in them."""

    def __init__(self, boxes: LinuxBoxes) -> None:
        self._boxes = boxes
        self.stays: list[list[Command]] = []

    @asynccontextmanager
    async def enter(self, *, alone: bool = False) -> AsyncIterator[Box]:
        async with self._boxes.enter(alone=alone) as box:
            self.stays.append([])
            plain, seen = box.run, self.stays[-1]

            class Noted:
                put, take = box.put, box.take

                async def run(self, command: Command) -> object:
                    seen.append(command)
                    return await plain(command)

            yield Noted()  # type: ignore[misc]

    @property
    def refuses_built(self) -> str:
        return ""

    async def close(self) -> None:
        await self._boxes.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def boxes() -> AsyncIterator[LinuxBoxes]:
    made = LinuxBoxes(1, all_mounts())
    yield made
    await made.close()


def _seen(outcome: Outcome) -> object:
    return outcome.ended, [(ran.exit_code, ran.stdout) for ran in outcome.programs], outcome.flags


@pytest.mark.parametrize(("language", "recipe"), _BUILT)
async def test_the_third_time_nothing_is_built(boxes: LinuxBoxes, language: str, recipe: str) -> None:
    """In every language that has something to build, for programs and for tests of an answer."""
    found = find(language, recipe)
    if isinstance(found, str):
        pytest.skip(found)
    found.prepare()
    builds = found.plan(found.trivial).builds
    watched = _Watched(boxes)
    judge = BoxJudge(watched, toolchains={language: found})
    outcomes, built = [], []
    for _ in range(4):
        outcomes.append(await judge.run(found.trivial))
        built.append(sum(command in builds for stay in watched.stays for command in stay))
    assert outcomes[0].ended is Ended.DONE
    assert all(_seen(outcome) == _seen(outcomes[0]) for outcome in outcomes)
    assert built == [len(builds), *[2 * len(builds)] * 3]


async def test_another_answer_is_built(boxes: LinuxBoxes) -> None:
    """One letter of difference is another program, each finds the same files whenever it comes, and what a program does
    to itself stays in its own stay."""
    found = find("cpp")
    if isinstance(found, str):
        pytest.skip(found)
    judge = BoxJudge(boxes)
    job = Job(language="cpp", files={}, entry="answer.cpp", programs=(Program(),))
    listed = set()
    for _ in range(4):
        for word in ("one", "two"):
            again = msgspec.structs.replace(job, files={"answer.cpp": _GREETING.format(word)})
            (ran,) = (await judge.run(again)).programs
            files, said, _ = ran.stdout.decode().rpartition(f"{word}\n")
            assert (ran.exit_code, said) == (0, f"{word}\n")
            listed.add(files)
    assert len(listed) == 1
