"""One task's folder: task.toml, prompt.md, files/, tests/, solution/, mutants/, turned into a Task; in the form
that variants.toml gives it, if there is one."""

from __future__ import annotations

import re
from typing import Any

from assay.core.names import did_you_mean, nearest
from assay.core.task import Ask, Extract, Limits, Task
from assay.formats.languages import LANGUAGES
from assay.suites.cases_file import CaseReader
from assay.suites.command_task import command_grading, command_rules, shown_files
from assay.suites.docs_task import docs_answer, docs_grading, docs_rules
from assay.suites.faults import Faults
from assay.suites.image_task import image_grading, image_rules
from assay.suites.review_task import ANSWER, review_grading
from assay.suites.shape_task import read_shape, shape_rules
from assay.suites.task_toml import SCRIPTS, TASK_KEYS, TASK_REQUIRED, USUAL_JUDGES, check_keys, read_toml
from assay.suites.tests_task import tests_grading, tests_rules
from assay.suites.tree import as_text, read_tree
from assay.suites.variants import make_variant
from assay.suites.variants_toml import FILE as VARIANTS
from assay.suites.variants_toml import read_variants
from assay.suites.wording import build_ask, build_review_ask

FEWEST_MUTANTS = 3
FEWEST_FROM_ELSEWHERE = 1
"""The change that changes nothing: a task out of a history, or of another tool, may have no other wrong answer."""

_PARTS = ("files", "tests", "solution", "mutants")
_FILES = ("task.toml", "prompt.md")
_OPTIONAL = (VARIANTS,)
_ALLOWED = ("README", "LICENSE", "LICENCE", "NOTICE")
_NEEDS_API = ("rust", "cpp")


def read_task(root: str, *, task_id: str, place: str, licence: str, faults: Faults, variant: int = 0) -> Task | None:
    """The task in the folder `root`; None, and faults under `place`, when it cannot be used. One without variants is
    as it is written, whatever `variant` says."""
    before = len(faults.lines)
    raw = read_tree(root, place=place, faults=faults)
    texts = {path: as_text(content, place=f"{place}/{path}", faults=faults) for path, content in raw.items()}
    _check_top_level(texts, place, faults)
    if len(faults.lines) > before:  # what could not be read would be blamed a second time, for being empty
        return None
    variants = None
    if VARIANTS in texts:
        variants = read_variants(texts[VARIANTS], place=f"{place}/{VARIANTS}", faults=faults)
        if variants is None:
            return None
        texts = make_variant(variants, texts, task_id=task_id, variant=variant, place=place, faults=faults)
    table = _read_table(texts, place, faults)
    if table is None or len(faults.lines) > before:
        return None
    folder = _Folder(table, texts, place, faults)
    grading = folder.grading()
    mutants = folder.mutants()
    if len(faults.lines) > before:
        return None
    extract = folder.extract(grading)
    return Task(
        id=task_id,
        language=table["language"],
        category=table["category"],
        difficulty=table["difficulty"],
        title=table.get("title", task_id.rpartition("/")[2]),
        ask=folder.ask(texts["prompt.md"], extract, grading),
        extract=extract,
        files=folder.files,
        grading=grading,
        limits=Limits(**table.get("limits", {})),
        solution=folder.solution,
        mutants=mutants,
        origin=table.get("origin", ""),
        licence=table.get("licence", licence),
        judge_in_process=folder.in_process or folder.from_elsewhere,
        variants=variants.count if variants else 0,
    )


def _read_table(texts: dict[str, str], place: str, faults: Faults) -> dict[str, Any] | None:
    for name in _FILES:
        if name not in texts:
            faults.add(f"{place}/{name}", "is missing")
    if "prompt.md" in texts and not texts["prompt.md"].strip():
        faults.add(f"{place}/prompt.md", "is empty; say what is asked")
    where = f"{place}/task.toml"
    table = read_toml(texts.get("task.toml", ""), place=where, faults=faults)
    if table is not None and "task.toml" in texts:
        check_keys(table, TASK_KEYS, required=TASK_REQUIRED, place=where, faults=faults)
    return table


def _check_top_level(texts: dict[str, str], place: str, faults: Faults) -> None:
    """A misspelt folder would otherwise be overlooked in silence."""
    for name in dict.fromkeys(path.partition("/")[0] for path in texts):
        if name not in (*_PARTS, *_FILES, *_OPTIONAL) and not name.startswith(_ALLOWED):
            known = (*_PARTS, *_FILES, *_OPTIONAL)
            faults.add(f"{place}/{name}", f"is no part of a task: {did_you_mean(name, known)}")


_OF_ONE_FILE = {"tests": tests_grading, "examples": docs_grading}
"""Ways of judging in which the answer is one file (or stands in two), to who reads what they need."""


class _Folder:
    """The parts of one task's folder, checked against one another."""

    def __init__(self, table: dict[str, Any], texts: dict[str, str], place: str, faults: Faults) -> None:
        self.table = table
        self.texts = texts
        self.place = place
        self.faults = faults
        self.language: str = table["language"]
        self.judge: str = table.get("judge", USUAL_JUDGES.get(table["category"], "cases"))
        self.in_process = self.judge == "in-process"
        self.by_command = self.judge == "command"
        self.from_elsewhere = self.judge in ("command", "image")
        self.files = self._below("files/")
        self.solution = self._below("solution/")
        self.tests = self._below("tests/")

    def _below(self, prefix: str) -> dict[str, str]:
        start = len(prefix)
        return {path[start:]: text for path, text in self.texts.items() if path.startswith(prefix)}

    def _fault(self, path: str, what: str) -> None:
        self.faults.add(f"{self.place}/{path}", what)

    def extract(self, grading: dict[str, Any]) -> Extract:
        """One block when the solution is one file, else one block per file."""
        api = tuple(self.table.get("api", ())) or _called(grading.get("cases", []))
        if len(self.solution) == 1 and not self.by_command:  # which files to change is a part of the question there
            return Extract(form="file", path=next(iter(self.solution)), api=api)
        return Extract(form="files", path=self.table["entry"], api=api)

    def ask(self, prompt: str, extract: Extract, grading: dict[str, Any]) -> Ask:
        """How it is put to a model."""
        if self.judge == "findings":
            return build_review_ask(prompt, self.files, grading, language=self.language)
        if self.by_command:
            shown = shown_files(self.table, self.files)
            rules = command_rules(grading, self.files, shown)
            return build_ask(prompt, shown, extract, language=self.language, rules=rules)
        rules = ""
        if self.judge == "image":
            rules = image_rules(extract.path, grading)
        elif self.judge == "tests":
            rules = tests_rules(grading, self.files, language=self.language)
        elif self.judge == "examples":
            rules = docs_rules(self.language, grading)
        elif "shape" in grading:
            rules = shape_rules(grading["shape"], language=self.language)
        return build_ask(prompt, self.files, extract, language=self.language, rules=rules)

    def grading(self) -> dict[str, Any]:
        """What the grader of its word `judge` needs."""
        self._check_entry()
        if self.judge == "findings":
            return review_grading(self.files, self.tests, place=self.place, faults=self.faults)
        read = _OF_ONE_FILE.get(self.judge)
        if read is not None:
            entry: str = self.table["entry"]
            answer = docs_answer(self.language, entry) if self.judge == "examples" else (entry,)
            if set(self.solution) != {*answer}:
                whole = " and ".join(f"“{path}”" for path in answer)
                self._fault("solution", f"must hold {whole} and nothing else: the answer is that")
            return read(entry, self.language, self.files, self.tests, place=self.place, faults=self.faults)
        if self.by_command:
            return command_grading(
                self.table, self.files, self.solution, self.tests, place=self.place, faults=self.faults
            )
        if self.judge == "image":
            return image_grading(self.table, self.files, self.tests, place=self.place, faults=self.faults)
        if self.language == SCRIPTS:
            self._fault("task.toml", f'language = "{SCRIPTS}" is for judge = "image"')
        return self._by_cases()

    def _by_cases(self) -> dict[str, Any]:
        cases = self._cases()
        grading = {
            "entry": self.table["entry"],
            "api": self.table.get("api", []),
            "records": self.table.get("records", {}),
            "cases": cases,
            "checker": self._checker(),
            "judge": self.judge,
            "tests": {},
        }
        if "shape.toml" in self.tests:  # only then, so that other tasks keep their hashes
            grading["shape"] = read_shape(
                self.tests["shape.toml"],
                language=self.language,
                place=self.place,
                faults=self.faults,
            )
        calls = any("run" not in case for case in cases)
        if self.language in _NEEDS_API and calls and not grading["api"]:
            self._fault("task.toml", f"api is missing: {self.language} needs the signature of all that is called")
        if self.in_process:
            grading["tests"] = {
                p: t for p, t in self.tests.items() if p not in ("cases.jsonl", "checker.py", "shape.toml")
            }
            grading["test_entry"] = self._test_entry(grading["tests"])
        return grading

    def _check_entry(self) -> None:
        entry = self.table["entry"]
        if not self.solution:
            self._fault("solution", "is missing; put the right answer's files there")
        elif entry not in self.solution and entry not in self.files:
            self._fault("task.toml", f"entry “{entry}” is not in solution/: {did_you_mean(entry, self.solution)}")
        if self.judge == "findings":
            if set(self.solution) != {ANSWER} or entry != ANSWER:
                self._fault("task.toml", f"a review has the entry “{ANSWER}”, and its solution that file alone")
            return
        suffixes = LANGUAGES[self.language].suffixes
        if not entry.endswith(suffixes):
            self._fault("task.toml", f"entry “{entry}” is no {self.language} file; it should end in {suffixes[0]}")
        if self.in_process and "why" not in self.table:
            self._fault("task.toml", 'judge = "in-process" needs why = "…": an answer can forge such a verdict')

    def _cases(self) -> list[dict[str, Any]]:
        if "cases.jsonl" not in self.tests:
            if not self.in_process:
                near = nearest("cases.jsonl", self.tests)
                self._fault("tests/cases.jsonl", f"is missing{f' (is it tests/{near}?)' if near else ''}")
            return []
        api = self.table.get("api", [])
        words = api or [*self.solution.values(), *self.files.values()]
        reader = CaseReader(
            place=f"{self.place}/tests/cases.jsonl",
            names=frozenset(word for text in words for word in re.findall(r"[\w$]+", text)),
            source="api" if api else "the solution",
            has_checker="checker.py" in self.tests,
            faults=self.faults,
        )
        cases = reader.read(self.tests["cases.jsonl"].encode())
        if self.in_process and any("run" not in case for case in cases):
            self._fault("tests/cases.jsonl", 'judge = "in-process" takes only lines with "run"')
        return cases

    def _checker(self) -> str:
        source = self.tests.get("checker.py", "")
        if "checker.py" in self.tests and not re.search(r"^def check\(", source, re.MULTILINE):
            self._fault("tests/checker.py", "has no def check(args, got)")
        return source

    def _test_entry(self, tests: dict[str, str]) -> str:
        """The test program: the only file of the language in tests/, or the one called main or test."""
        programs = [path for path in tests if path.endswith(LANGUAGES[self.language].suffixes)]
        named = [path for path in programs if path.rpartition("/")[2].lower().startswith(("main.", "test"))]
        found = programs if len(programs) == 1 else named
        if len(found) != 1:
            suffix = LANGUAGES[self.language].suffixes[0]
            self._fault("tests", f"cannot tell which file is the test program; call it main{suffix}")
            return ""
        return found[0]

    def mutants(self) -> tuple[dict[str, str], ...]:
        """Whole wrong answers: the solution with each mutant's files laid over it."""
        named: dict[str, dict[str, str]] = {}
        for path, text in self._below("mutants/").items():
            name, slash, inner = path.partition("/")
            if slash:
                named.setdefault(name, {})[inner] = text
            else:
                self._fault(f"mutants/{name}", f"stands alone; a mutant is a folder: mutants/<name>/{name}")
        if not self.solution:
            return ()
        fewest = FEWEST_FROM_ELSEWHERE if self.from_elsewhere else FEWEST_MUTANTS
        if len(named) < fewest:
            self._fault("mutants", f"has {len(named)}; at least {fewest} plausible wrong answers are needed")
        seen: dict[tuple[tuple[str, str], ...], str] = {}
        for name, files in sorted(named.items()):
            self._check_mutant(name, files, seen)
        return tuple({**self.solution, **files} for _, files in sorted(named.items()))

    def _check_mutant(self, name: str, files: dict[str, str], seen: dict[tuple[tuple[str, str], ...], str]) -> None:
        where = f"mutants/{name}"
        for path in files:
            if path not in self.solution:
                self._fault(f"{where}/{path}", f"is no file of the solution: {did_you_mean(path, self.solution)}")
        if {**self.solution, **files} == self.solution:
            self._fault(where, "is the same as the solution; change what it gets wrong")
        twin = seen.setdefault(tuple(sorted(files.items())), name)
        if twin != name:
            self._fault(where, f"is the same as mutants/{twin}; remove one")


def _called(cases: list[dict[str, Any]]) -> tuple[str, ...]:
    """Functions and types that the cases name, each once."""
    steps = [step for case in cases for step in case.get("steps", (case,))]
    names = [step.get("call") or step.get("new") for step in steps]
    return tuple(dict.fromkeys(name for name in names if name))
