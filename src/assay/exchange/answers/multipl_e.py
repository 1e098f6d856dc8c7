"""MultiPL-E's answers, in the forms in which its harness and those that took it over leave them.

- a folder of `NAME.json(.gz)`, one per problem with its `completions`, and beside them `NAME.results.json(.gz)`
  with what the harness said of each; or one such file
- lines of predictions, `{"task_id", "generation"}`, where the generation goes on from the prompt and holds it; what
  their own runner said is read from `humaneval-LANG-details.json` beside them
- `generations.json`, a list per problem whose texts hold the prompt

The prompt is joined as the file has it: what is judged is the program that the harness made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assay.core.errors import UserError
from assay.core.names import nearest
from assay.core.task import Suite, Task
from assay.exchange.answers import AnswerSet
from assay.exchange.answers.documents import document, texts
from assay.exchange.answers.rows import LARGEST as LONGEST
from assay.exchange.answers.rows import Gathering, json_lines, text_of
from assay.graders.program import JOINED

_ENDS = (".json.gz", ".json")
_RESULTS = (".results.json.gz", ".results.json")


def read(path: Path, suite: Suite) -> AnswerSet:
    found = _Found(path, suite)
    if path.is_dir():
        found.folder(path)
    elif path.name.endswith(".jsonl"):
        found.predictions(path)
    else:
        whole = document(path)
        if isinstance(whole, list):
            found.generations(whole)
        else:
            found.problem(path, whole)
    return found.gathering.done()


class _Found:
    """What is gathered from one file or folder."""

    def __init__(self, path: Path, suite: Suite) -> None:
        self.gathering = Gathering(path, suite)
        self._suite = suite
        self._tasks = {task.id: task for task in suite.tasks}

    def folder(self, path: Path) -> None:
        """Official folders; or one of predictions in several languages."""
        problems = sorted(file for file in path.iterdir() if file.name.endswith(_ENDS) and file.is_file())
        results = {_name(file): file for file in problems if file.name.endswith(_RESULTS)}
        asked = {_name(file): file for file in problems if not file.name.endswith(_RESULTS)}
        own = [file for file in path.glob("pred_*_output.jsonl") if self._is_own(file)]
        if own:
            self.predictions(own[0])
            return
        for name in sorted({*asked, *results} & self._tasks.keys() or {*asked, *results}):
            verdicts = document(results[name]) if name in results else {}
            if name in asked:
                self.problem(asked[name], document(asked[name]), verdicts)
            else:
                self._programs(results[name], verdicts)

    def _is_own(self, file: Path) -> bool:
        code = file.name.removeprefix("pred_").removesuffix("_output.jsonl")
        suffixes = {task.grading["name"].rpartition(".")[2] for task in self._suite.tasks}
        return code in suffixes or (code == "python" and "py" in suffixes)

    def _refuse_another_language(self, path: Path) -> None:
        """Problems are called the same in all languages, so that no id tells answers in another one."""
        if path.match("pred_*_output.jsonl") and not self._is_own(path):
            raise UserError(f"{path}: by its name its answers are in another language than {self._suite.name}")

    def problem(self, file: Path, row: Any, verdicts: Any = None) -> None:
        """One problem's completions."""
        task = self._task(file.name, row)
        if task is None:
            return
        completions = row.get("completions")
        if not isinstance(completions, list):
            if "results" in row:
                self._programs(file, row)
                return
            near = nearest("completions", row)
            hint = f"; “{near}” has to be called “completions”" if near else ""
            self.gathering.faults.append(f"{file.name}: has no list completions{hint}")
            return
        truth = _truth(verdicts)
        prompt = row["prompt"] if isinstance(row.get("prompt"), str) else task.grading["prompt"]
        for sample, text in enumerate(texts(file.name, completions, self.gathering.faults, most=LONGEST)):
            joined = text if text.startswith(prompt.strip()) else prompt + text
            self._add(f"{file.name}, completion {sample + 1}", task, joined, text, passed=truth.get(sample))

    def _programs(self, file: Path, row: Any) -> None:
        """Results without the completions: each holds its whole program."""
        task = self._task(file.name, row)
        if task is None:
            return
        truth = _truth(row)
        tests = "\n" + task.grading["tests"]
        for sample, result in enumerate(row["results"] if isinstance(row.get("results"), list) else ()):
            where = f"{file.name}, result {sample + 1}"
            program = result.get("program") if isinstance(result, dict) else None
            if not isinstance(program, str) or not program.endswith(tests):
                self.gathering.faults.append(f"{where}: has no program that ends with the tests of {task.id}")
                continue
            joined = program.removesuffix(tests)
            self._add(where, task, joined, joined, passed=truth.get(sample))

    def predictions(self, path: Path) -> None:
        """Lines, each with prompt and completion in one text."""
        self._refuse_another_language(path)
        whole, held = 0, 0
        truth = _details(path, self._tasks.keys())
        counts: dict[str, int] = {}
        for where, row in json_lines(path, self.gathering.faults):
            task_id = self.gathering.task_id(where, row, field="name" if "name" in row else "task_id")
            known = ("task_id", "name", "prompt", "wholecode", "language")
            text, fault = text_of(row, ("generation", "completion"), also=known)
            if fault:
                self.gathering.faults.append(f"{where}: {fault}")
            elif task_id is not None:
                task, sample = self._tasks[task_id], counts.get(task_id, 0)
                counts[task_id] = sample + 1
                joined = text if "generation" in row else task.grading["prompt"] + text
                whole += "generation" in row
                held += "generation" in row and task.grading["prompt"].strip() in text
                self._add(where, task, joined, text, passed=truth.get((task_id, sample)))
        if whole and not held:  # said, not refused: a model may have written every program anew
            self.gathering.notes.append(
                f"no generation holds its prompt; what is not in the language of {self._suite.name} cannot pass"
            )

    def generations(self, whole: list[Any]) -> None:
        """A list per problem, known by the prompt with which each text begins."""
        prompts = {task.grading["prompt"].strip(): task for task in self._suite.tasks}
        for number, row in enumerate(whole, start=1):
            where = f"entry {number}"
            for text in texts(where, row, self.gathering.faults, most=LONGEST):
                task = next((task for prompt, task in prompts.items() if text.startswith(prompt)), None)
                if task is None:
                    self.gathering.faults.append(f"{where}: begins with no prompt of {self._suite.name}")
                    break
                self._add(where, task, text, text)

    def _task(self, where: str, row: Any) -> Task | None:
        """The problem's task, if its tests are the same."""
        if not isinstance(row, dict):
            self.gathering.faults.append(f"{where}: no JSON object")
            return None
        task_id = self.gathering.task_id(where, row, field="name")
        if task_id is None:
            return None
        task = self._tasks[task_id]
        tests = row.get("tests")
        if isinstance(tests, str) and tests.strip() != task.grading["tests"].strip():
            said = "its tests are not those of the rows that were loaded: another revision, or another language"
            self.gathering.faults.append(f"{where}: {said}")
            return None
        return task

    def _add(self, where: str, task: Task, joined: str, text: str, *, passed: bool | None = None) -> None:
        self.gathering.add(where, task.id, {f"{JOINED}/{task.grading['name']}": joined}, text, passed=passed)


def _name(file: Path) -> str:
    ends = (*_RESULTS, *_ENDS)
    return file.name.removesuffix(next(end for end in ends if file.name.endswith(end)))


def _truth(row: Any) -> dict[int, bool]:
    """What the harness said of each sample."""
    results = row.get("results") if isinstance(row, Mapping) else None
    return {
        sample: result.get("status") == "OK" and result.get("exit_code") == 0
        for sample, result in enumerate(results if isinstance(results, list) else ())
        if isinstance(result, dict)
    }


def _details(path: Path, tasks: Any) -> dict[tuple[str, int], bool]:
    """What the predictions' own runner said, where its file lies beside them: `{task: [[sample, {passed}]]}`."""
    code = path.name.removeprefix("pred_").removesuffix("_output.jsonl")
    beside = path.with_name(f"humaneval-{code}-details.json")
    if not path.name.startswith("pred_") or not beside.is_file():
        return {}
    return dict(_verdicts(document(beside), tasks))


def _verdicts(whole: Any, tasks: Any) -> Iterator[tuple[tuple[str, int], bool]]:
    for task_id, samples in whole.items() if isinstance(whole, dict) else ():
        for pair in samples if task_id in tasks and isinstance(samples, list) else ():
            match pair:
                case [int(sample), {"passed": bool(passed)}]:
                    yield (task_id, sample), passed
