"""`assay mine` put together: a repository, a judge, and what comes of it."""

from __future__ import annotations

from pathlib import Path

from assay.authoring.mining.history import Repository
from assay.authoring.mining.mine import Found, OnCommit, OnTask, Wanted, mine
from assay.core.errors import UserError
from assay.core.names import did_you_mean
from assay.formats.test_paths import LANGUAGES
from assay.wiring.judging import build_judge, tools_for


async def mine_repository(
    repository: Path, wanted: Wanted, *, sandbox: str, on_commit: OnCommit, on_task: OnTask
) -> Found:
    for language in wanted.languages:
        if language not in LANGUAGES:
            raise UserError(f"--language {language}: {did_you_mean(language, LANGUAGES)}")
    judge = build_judge((tools_for(language, grader="command") for language in LANGUAGES), sandbox=sandbox)
    try:
        return await mine(Repository(repository), judge, wanted, on_commit=on_commit, on_task=on_task)
    finally:
        await judge.close()
