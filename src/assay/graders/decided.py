"""Whether what tests expect has decided a verdict, where tests and answer share a process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import msgspec

from assay.core.judging import Verdict


async def decided_by_tests(
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
