"""One run of a project's own tests, and whose doing it is where this machine lacks what they need."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from assay.core.errors import Unsupported
from assay.core.judging import Ended, Job, Outcome
from assay.core.ports import Judge


async def judged(job: Job, given: Mapping[str, str], judge: Judge) -> Outcome:
    """Raises Unsupported where the project as it was `given` cannot be tested here either. What an answer alone makes
    it need is no word of this machine's: an answer could name what nobody has, and be left out of the count."""
    try:
        return await judge.run(job)
    except Unsupported as lacking:
        await judge.run(msgspec.structs.replace(job, files=dict(given)))
        return Outcome(ended=Ended.BUILD_FAILED, log=f"it needs what the project as given does not: {lacking}")
