"""`assay tasks judge` put together: one task, the files of one answer, and the verdict. No model, no run."""

from __future__ import annotations

from pathlib import Path

from assay.core.errors import Unsupported, UserError
from assay.core.judging import Attempt, Verdict
from assay.core.task import Task
from assay.suites import load
from assay.suites.faults import Faults
from assay.suites.tree import read_tree
from assay.wiring.judging import build_judge, make_grader, tools_for


async def judge_answer(source: str, folder: Path, *, sandbox: str = "") -> Verdict:
    """The verdict on what lies in `folder`, as an answer to the task in the folder `source`."""
    suite = load(source)
    if len(suite.tasks) != 1:
        raise UserError(f"{source}: holds {len(suite.tasks)} tasks; give the folder of one")
    (task,) = suite.tasks
    tools = tools_for(task.language, grader=suite.grader)
    judge = build_judge([tools], sandbox=sandbox)
    try:
        if reason := judge.supports(tools):
            raise Unsupported(reason)
        return await make_grader(suite.grader).grade(task, _answer(task, folder), judge)
    finally:
        await judge.close()


def _answer(task: Task, folder: Path) -> Attempt:
    """The one file that is asked for, or all that are texts. Who left none has answered, and not rightly."""
    if not folder.is_dir():
        raise UserError(f"{folder}: there is no such folder; give the one that the answer's files are in")
    faults = Faults()
    found = read_tree(str(folder), place=str(folder), faults=faults)
    faults.raise_if_any()
    texts: dict[str, str] = {}
    for path, data in found.items():
        try:
            texts[path] = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
    if task.extract.form == "files":
        return Attempt(files=texts)
    wanted = task.extract.path
    if wanted not in texts:
        return Attempt(problem="invalid", reason=f"there is no {wanted}, which is what the task asks for")
    return Attempt(files={wanted: texts[wanted]})
