"""Aider's polyglot benchmark: 225 Exercism exercises in six languages, edited in files, with two tries each.

The exercises come from a checkout of Aider-AI/polyglot-benchmark. What is asked, which files may be edited and when the
tests pass is the benchmark's; the words that explain an edit format are Assay's own.
"""

from __future__ import annotations

import re
from pathlib import Path

from assay.core.errors import UserError
from assay.core.ids import content_hash
from assay.core.messages import Message
from assay.core.names import did_you_mean
from assay.core.task import Ask, Extract, Limits, Suite, Task
from assay.formats.edits import MODULES
from assay.suites.asked import Asked
from assay.suites.exercise_tree import Exercise, read_exercises
from assay.suites.official_data import data_folder
from assay.suites.polyglot_sums import COMMIT, SUMS

ADDRESS = "https://github.com/Aider-AI/polyglot-benchmark"
PROTOCOL = "aider-polyglot/1"
"""Bumped by hand when the asking, the judging or a limit can change a verdict."""
LIMITS = Limits(cpu=180.0, wall=400.0, memory=4096, processes=512, disk=1024, output=16384)
"""Three minutes as official, of processor time: on the clock a busy machine takes longer, which is no answer's fault.
The rest is more than any exercise needs."""

_LANGUAGES = ("cpp", "go", "java", "javascript", "python", "rust")
_NEVER_EDITED = ("CMakeLists.txt", "Cargo.toml")
_TASK = (
    "\n####\n\nUse the above instructions to modify the supplied files: {files}\n"
    "Don't change the names of existing functions or classes, as they may be referenced from other code like unit"
    " tests, etc.\nOnly use standard libraries, don't suggest installing any packages.\n"
)
"""The benchmark's own words."""
_DISABLED = re.compile(r"@Disabled\([^)]*\)\s*\n")
_SKIPPED = re.compile(r"\bxtest\(")
_REFERENCE = ".meta/src/reference/java/"


def load(asked: Asked) -> Suite:
    """The part is the edit format; without one, whole files."""
    form = asked.part or "whole"
    if form not in MODULES:
        raise UserError(f"{asked.name}: no edit format “{form}”: {did_you_mean(form, MODULES)}")
    root = asked.data or data_folder() / "aider-polyglot" / "polyglot-benchmark"
    if not any((root / language).is_dir() for language in _LANGUAGES):
        raise UserError(
            f"{asked.name}: {root} holds no exercises; `git clone {ADDRESS} PATH`, then --data PATH"
            f" (or clone it to {data_folder() / 'aider-polyglot' / 'polyglot-benchmark'})"
        )
    exercises = read_exercises(root, _LANGUAGES)
    version, whole = _version(root, exercises)
    return Suite(
        name=asked.name,
        version=version,
        protocol=f"{PROTOCOL} {form}",
        tasks=tuple(task_of(exercise, form=form) for exercise in exercises),
        solver="two_tries",
        grader="exercise",
        pinned=whole,
    )


def _version(root: Path, exercises: list[Exercise]) -> tuple[str, bool]:
    """The benchmark's commit, where all of it is there and nothing else. UserError where an exercise is another one."""
    sums = sums_of(exercises)
    changed = [name for name, found in sums.items() if SUMS.get(name, found) != found]
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        raise UserError(
            f"{root}: not the official files of {', '.join(changed[:3])}{more}; take them from {ADDRESS} ({COMMIT})"
        )
    if sums.keys() == SUMS.keys():
        return COMMIT, True
    known = len(sums.keys() & SUMS.keys())
    return f"{known} of {len(SUMS)} exercises of {COMMIT}, {len(sums) - known} others, {content_hash(sums)[:8]}", False


def task_of(exercise: Exercise, *, form: str = "whole") -> Task:
    """One exercise as a task."""
    editable = [
        path
        for path in exercise.solution
        if path.rpartition("/")[2] not in _NEVER_EDITED and path not in exercise.tests and path in exercise.files
    ]
    shown = {path: exercise.files[path] for path in editable}
    names = " ".join(path.rpartition("/")[2] for path in editable)
    hidden = {path: _switched_on(path, text) for path, text in exercise.project.items() if path not in shown}
    return Task(
        id=exercise.id,
        language=exercise.language,
        title=exercise.name,
        ask=Ask(messages=(Message("user", exercise.instructions + _TASK.format(files=names)),)),
        extract=Extract(form=form, editable=tuple(editable)),
        files=shown,
        grading={"folder": exercise.name, "files": hidden, "tests": list(exercise.tests)},
        limits=LIMITS,
        solution=_solution(exercise, editable),
        origin=f"{ADDRESS} {exercise.id}",
        licence="MIT",
        judge_in_process=True,
    )


def _switched_on(path: str, text: str) -> str:
    """Tests that learners would switch on one by one, all of them."""
    if path.endswith(".java"):
        return _DISABLED.sub("", text)
    return _SKIPPED.sub("test(", text) if path.endswith(".spec.js") else text


def _solution(exercise: Exercise, editable: list[str]) -> dict[str, str]:
    """The example's files under the names that they stand for."""
    made: dict[str, str] = {}
    for path in exercise.examples:
        text = exercise.files.get(path, "")
        if path.startswith(_REFERENCE):
            made[f"src/main/java/{path.removeprefix(_REFERENCE)}"] = text
        else:
            kind = Path(path).suffix
            target = next((name for name in editable if name.endswith(kind)), "")
            made |= {target: text} if target else {}
    return made


def sums_of(exercises: list[Exercise]) -> dict[str, str]:
    """What `polyglot_sums` pins."""
    return {exercise.id: content_hash(exercise.files)[:16] for exercise in exercises}
