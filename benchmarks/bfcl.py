"""Answers to the Berkeley Function-Calling Leaderboard, judged by us and by the official package, one by one.

    python benchmarks/bfcl.py [--rounds N] [CATEGORY…]

The package brings the data; it is installed without most of what it asks for, as judging needs none of it. In round 0
each answer is right; in each later one it is spoilt in one of many ways, or has other values that will do. Files are in
the official result form, of the server's own calls and of calls in text. Exit 1 where a verdict, or the word for what
is wrong, differs. Conversations that count need `mpmath` in the folder of libraries.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bfcl_spoilt import answer, turns
from measure import peer

from assay.core.task import Suite
from assay.suites import load
from assay.suites.bfcl import CATEGORIES
from assay.suites.bfcl_turns import CATEGORIES as TURN_CATEGORIES

_PACKAGES = (
    "--no-deps", "bfcl-eval==2026.3.23", "filelock", "mpmath==1.3.0", "python-dotenv", "tqdm", "tree_sitter==0.21.3",
    "tree-sitter-java==0.21.0", "tree-sitter-javascript==0.21.4",
)  # fmt: skip
_DIFFERS = "differs"
_FAILED = "the harness fails"
_MODELS = {"native": "gpt-4o-2024-11-20-FC", "prompted": "gpt-4o-2024-11-20"}
"""By its name the harness knows how to read a model's answers."""

_OFFICIAL = """
import contextlib, importlib.abc, importlib.machinery, importlib.util, json, os, sys, types
from pathlib import Path
class Anything(type):
    "Libraries of vendors, of which judging uses nothing but that they can be imported."
    def __getattr__(cls, name):
        if name.startswith("__"): raise AttributeError(name)
        return anything(name)
def anything(name):
    same = lambda self, *a, **k: a[0] if a and callable(a[0]) else self
    return Anything(name, (Exception,), {"__init__": lambda self, *a, **k: None, "__call__": same,
                                         "__or__": same, "__getattr__": lambda self, name: self})
class Absent(types.ModuleType):
    __path__ = []
    __getattr__ = Anything.__getattr__
class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        return None if name.startswith("bfcl_eval") else importlib.machinery.ModuleSpec(name, self, is_package=True)
    def create_module(self, spec): return Absent(spec.name)
    def exec_module(self, module): pass
sys.meta_path.append(Finder())
os.environ["BFCL_PROJECT_ROOT"] = os.getcwd()
with contextlib.redirect_stdout(sys.stderr):
    from bfcl_eval.eval_checker import eval_runner as runner
    from bfcl_eval.constants.enums import Language, ReturnFormat
model, handler = sys.argv[1], runner.get_handler(sys.argv[1])
LANGUAGES = {"simple_java": "JAVA", "simple_javascript": "JAVASCRIPT"}
def judge(category, row, asked, wanted, unique):
    if "relevance" in category:
        return runner._evaluate_single_relevance_entry(handler, row["id"], row["result"], asked, model, category)
    if category.startswith("multi_turn"):
        return runner._evaluate_single_multi_turn_entry(
            handler, row["id"], row["result"], wanted, asked, unique, category)
    language = LANGUAGES.get(category, "PYTHON")
    return runner._evaluate_single_ast_entry(
        handler, row["id"], row["result"], wanted, asked, model, category, Language[language], ReturnFormat[language])
said = {}
for file in sys.argv[2:]:
    category = runner.extract_test_category(file)
    asked = {one["id"]: one for one in runner.load_dataset_entry(
        category, include_prereq=False, include_language_specific_hint=False)}
    wanted = {} if "relevance" in category else {
        one["id"]: one["ground_truth"] for one in runner.load_ground_truth_entry(category)}
    for row in map(json.loads, open(file)):
        unique = f"{model}{len(said)}"  # systems are kept by model and question, and would be found as they were left
        try:
            with contextlib.redirect_stdout(sys.stderr):
                found = judge(category, row, dict(asked[row["id"]]), wanted.get(row["id"]), unique)
        except Exception as error:
            word = f"the harness fails: {error!r}"
        else:
            why = found.get("error")
            word = "" if found["valid"] else found.get("error_type") or why["error_type"]
        said[f"{Path(file).parent.name} {row['id']}"] = word
print(json.dumps(said))
"""

Words = dict[str, str]
"""By round and question, the official word for what is wrong; empty where nothing is."""


def data_of(package: Path, place: Path) -> Path:
    """The package's data, as our suites look for it."""
    shutil.copytree(package / "data", place)
    systems = "func_source_code"
    shutil.copytree(package / "eval_checker" / "multi_turn_eval" / systems, place / systems)
    return place


def write_answers(suite: Suite, folder: Path, rounds: int, *, prompted: bool) -> list[Path]:
    """A folder for each round, with a file for each category."""
    reply = turns if suite.solver == "turns" else answer
    folders = [folder / f"{'prompted' if prompted else 'native'}-{number}" for number in range(rounds)]
    for number, place in enumerate(folders):
        place.mkdir(parents=True)
        for category in sorted({task.category for task in suite.tasks}):
            rows = (
                {"id": task.id, "result": reply(task, number, prompted=prompted)}
                for task in suite.tasks
                if task.category == category
            )
            text = "".join(json.dumps(row) + "\n" for row in rows)
            (place / f"BFCL_v4_{category}_result.json").write_text(text)
    return folders


def official(python: Path, model: str, folders: list[Path], place: Path) -> Words:
    files = [str(file) for folder in folders for file in sorted(folder.iterdir())]
    argv: list[str | Path] = [python, "-c", _OFFICIAL, model, *files]
    done = subprocess.run(argv, check=False, capture_output=True, text=True, cwd=place)
    if done.returncode:
        raise SystemExit(f"the official package: {done.stderr[-2000:]}")
    said: Words = json.loads(done.stdout)
    return said


def ours(suite: str, folders: list[Path], data: Path, place: Path) -> Words:
    """Only of answers that could be judged."""
    argv = [sys.executable, "-m", "assay", "grade", suite, *map(str, folders), "--data", str(data), "--out", "scores"]
    done = subprocess.run(argv, check=False, capture_output=True, text=True, cwd=place)
    if done.returncode:
        raise SystemExit(f"assay grade: {done.stderr[-2000:]}")
    said: Words = {}
    for line in (line for file in place.glob("runs/*/trials.jsonl") for line in file.open()):
        row = json.loads(line)
        if row["detail"] and "parts" in row["detail"]:
            word = row["detail"]["parts"][row["category"]]
            said[f"{row['model']} {row['task_id']}"] = "" if word == "pass" else word
    return said


def compared(category: str, rounds: int, package: Path, python: Path) -> Iterator[tuple[str, Counter[str]]]:
    """Each way of answering, with its counts; differences are printed on the way."""
    for way, model in _MODELS.items():
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            data = data_of(package, place / "bfcl")
            suite = load(f"bfcl:{category}", data=data)
            folders = write_answers(suite, place / "answers", rounds, prompted=way == "prompted")
            theirs = official(python, model, folders, place)
            mine = ours(suite.name, folders, data, place)
        counts: Counter[str] = Counter()
        for key, word in theirs.items():
            found = _FAILED if word.startswith(_FAILED) else told(word, mine.get(key))
            counts[found] += 1
            if found.endswith(_DIFFERS):
                print(f"{key}: officially {word or 'right'}, here {mine[key] or 'right'}")
        yield way, counts


def told(word: str, mine: str | None) -> str:
    """What two words come to; none of ours is of an answer that could not be judged."""
    if mine is None:
        return "not judged here"
    if mine == word:
        return "wrong by both" if word else "right by both"
    return f"{'word' if mine and word else 'verdict'} {_DIFFERS}"


def main() -> int:
    known = (*CATEGORIES, *TURN_CATEGORIES)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("categories", nargs="*", metavar="CATEGORY")
    asked = parser.parse_args()
    if unknown := [name for name in asked.categories if name not in known]:
        parser.error(f"no category {', '.join(unknown)}; there are {', '.join(known)}")
    python = peer("bfcl-eval", *_PACKAGES) / "python"
    package = next(python.parents[1].glob("lib/*/site-packages/bfcl_eval"))
    total: Counter[str] = Counter()
    for category in asked.categories or known:
        for way, counts in compared(category, asked.rounds, package, python):
            total += counts
            print(f"{category:<24} {way:<9} {', '.join(f'{many:,} {what}' for what, many in sorted(counts.items()))}")
    print(", ".join(f"{many:,} {what}" for what, many in sorted(total.items())))
    return 1 if any(what.endswith(_DIFFERS) for what in total) else 0


if __name__ == "__main__":
    sys.exit(main())
