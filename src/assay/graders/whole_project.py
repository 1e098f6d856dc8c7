"""One run of a project's own tests: whose doing it is where this machine lacks what they need, and whether what they
expect decided anything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import msgspec

from assay.core.errors import Unsupported
from assay.core.judging import Ended, Job, Outcome, Verdict
from assay.core.ports import Judge


async def judged(job: Job, given: Mapping[str, str], judge: Judge) -> Outcome:
    """Raises Unsupported where the project as it was `given` cannot be tested here either. What an answer alone makes
    it need is no word of this machine's: an answer could name what nobody has, and be left out of the count."""
    try:
        return await judge.run(job)
    except Unsupported as lacking:
        await judge.run(msgspec.structs.replace(job, files=dict(given)))
        return Outcome(ended=Ended.BUILD_FAILED, log=f"it needs what the project as given does not: {lacking}")


async def moved(
    verdict: Verdict,
    passes: Callable[[Mapping[str, str]], Awaitable[bool]],
    own: Mapping[str, str],
    solution: Mapping[str, str],
) -> Verdict | None:
    """The verdict of an answer that passed; flagged if it `passes` tests that expect something else as well. None where
    the stored solution passes those, too: then they expect nothing else."""
    if not await passes(own):
        return verdict
    if await passes(solution):
        return None
    why = "it passes as well when its tests expect something else"
    return msgspec.structs.replace(verdict, strict=False, strict_reason=why, flags=(*verdict.flags, "disagree"))
