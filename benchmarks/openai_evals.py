"""Evals of the openai/evals registry, judged by us and by the official package, sample by sample.

    python benchmarks/openai_evals.py CHECKOUT [EVAL…]

CHECKOUT holds the registry; evals whose samples are still Git LFS pointers are left out, and counted. Each sample gets
one reply, the same on both sides: an ideal as it is, or spoilt in one of several ways. Exit 1 where a verdict differs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import cast

from measure import peer

from assay.core.errors import UserError
from assay.core.judging import Attempt
from assay.core.ports import Judge
from assay.core.task import Suite, Task
from assay.core.trial import Status
from assay.formats.extract import take_code
from assay.graders.text_match import TextMatchGrader
from assay.suites import load
from assay.suites.openai_evals import CLASSES
from assay.suites.openai_registry import Eval, Registry

_OFFICIAL = """
import json, logging, os, sys
from pathlib import Path
os.environ.update(OPENAI_API_KEY="none is asked", EVALS_SHOW_EVAL_PROGRESS="0", EVALS_THREADS="1")
import evals, evals.record
from evals.base import RunSpec
from evals.registry import Registry
logging.disable(logging.WARNING)
root, name, replies = Path(sys.argv[1]), sys.argv[2], json.loads(Path("replies.json").read_text())
class Reply:
    def __init__(self, text): self.text = text
    def get_completions(self): return [self.text]
def answer(prompt, **_):
    return Reply(replies[evals.record.current_sample_id()()])  # what it gives back is a method still
registry = Registry(registry_paths=[root])
spec = registry.get_eval(name)
said = RunSpec(completion_fns=[""], eval_name=name, base_eval="", split="", run_config={}, created_by="", run_id="")
recorder = evals.record.LocalRecorder("record.jsonl", said)
made = registry.get_class(spec)(
    completion_fns=[answer], seed=1, name=name, registry=registry, eval_registry_path=root, **spec.args
)
made.run(recorder)
found = {}
for one in recorder._events:
    if one.type in ("match", "metrics"):
        right = one.data["correct"] if "correct" in one.data else one.data["accuracy"]
        found[one.sample_id] = bool(right)
print(json.dumps(found))
"""


def reply_to(task: Task) -> str:
    """The same each time."""
    ideals = task.grading["ideals"]
    chance = int(sha256(task.id.encode()).hexdigest(), 16)
    ideal: str = ideals[chance % len(ideals)]
    forms = (
        ideal, f"{ideal}.", f" {ideal}", f"The answer is {ideal}", ideal.lower(), ideal.upper(), ideal.title(),
        "no idea", "", ideal[:-1], f"{ideal}\n", f"```\n{ideal}\n```", ideal * 2, ideal[len(ideal) // 2 :],
    )  # fmt: skip
    return forms[(chance >> 40) % len(forms)]


def chosen(registry: Registry, names: Sequence[str]) -> Iterator[Eval]:
    """Those that are named, UserError where there is none by that name; or all of our classes, once each."""
    if names:
        yield from map(registry.find, names)
        return
    for name in sorted(registry.names()):
        with suppress(UserError):
            found = registry.find(name)
            if found.cls in CLASSES and found.name == name:
                yield found


async def ours(suite: Suite, replies: dict[str, str]) -> dict[str, bool]:
    """Whether each sample's reply is right, by its id."""
    grader, judge, said = TextMatchGrader(), cast("Judge", None), {}  # comparing words asks no judge
    for task in suite.tasks:
        given = take_code(replies[task.id], task.extract, language="").files
        verdict = await grader.grade(task, Attempt(files=given), judge)
        said[task.id] = verdict.status is Status.PASSED
    return said


def official(found: Eval, root: Path, replies: dict[str, str]) -> dict[str, bool]:
    """The same, by the package's own classes over the same registry."""
    python = peer("openai-evals", "evals") / "python"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "replies.json").write_text(json.dumps(replies))
        argv: list[str | Path] = [python, "-c", _OFFICIAL, root, found.name]
        done = subprocess.run(argv, check=False, capture_output=True, text=True, cwd=folder)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().rpartition("\n")[2][:200])
    said: dict[str, bool] = json.loads(done.stdout.strip().rpartition("\n")[2])
    return said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("evals", nargs="*")
    asked = parser.parse_args()
    try:
        registry = Registry(asked.checkout)
        wanted = list(chosen(registry, asked.evals))
    except UserError as error:
        parser.error(str(error))
    verdicts = differ = evals = absent = 0
    for found in wanted:
        try:
            suite = load(f"openai-evals:{found.name}", data=asked.checkout)
            replies = {task.id: reply_to(task) for task in suite.tasks}
            theirs = official(found, registry.path.resolve(), replies)
        except (UserError, RuntimeError) as error:
            absent += 1
            if asked.evals:
                print(f"{found.name}: {error}")
            continue
        mine = asyncio.run(ours(suite, replies))
        wrong = sorted(one for one in mine.keys() | theirs.keys() if mine.get(one) is not theirs.get(one))
        evals, verdicts, differ = evals + 1, verdicts + len(mine), differ + len(wrong)
        print(
            f"{found.name:<48} {found.cls.rpartition(':')[2]:<10} {len(mine):>6,} samples"
            f"  {sum(mine.values()):>6,} right  {len(wrong)} differ {' '.join(wrong[:3])}"
        )
    print(f"{evals} evals, {verdicts:,} verdicts, {differ} differ; {absent} evals have no samples here that both read")
    return 1 if differ or not evals else 0


if __name__ == "__main__":
    sys.exit(main())
