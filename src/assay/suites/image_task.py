"""A task that a script does in an image of its own, where `tests/test.sh` then looks at what it left and writes a
reward: the form that tasks of Harbor have here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.suites.faults import Faults
from assay.suites.task_toml import SCRIPTS

RECIPE_FILE = "Dockerfile"
TEST = "test.sh"


def image_grading(
    table: Mapping[str, Any], files: Mapping[str, str], tests: Mapping[str, str], *, place: str, faults: Faults
) -> dict[str, Any]:
    """What the grader `image` needs; faults when it cannot be had."""
    if table["language"] != SCRIPTS:
        faults.add(f"{place}/task.toml", f'judge = "image" is for answers that are scripts: language = "{SCRIPTS}"')
    if TEST not in tests:
        faults.add(f"{place}/tests/{TEST}", "is missing; it writes the reward to /logs/verifier/reward.txt")
    if "image" not in table and RECIPE_FILE not in files:
        faults.add(f"{place}/task.toml", f'judge = "image" needs image = "…", or files/{RECIPE_FILE} to build it')
    return {
        "judge": "image",
        "image": table.get("image", ""),
        "workdir": table.get("workdir", ""),
        "tests": dict(tests),
    }


def image_rules(entry: str, grading: Mapping[str, Any]) -> str:
    """What is done with the answer."""
    where = grading["workdir"] or "the image's working folder"
    image = f"the image `{grading['image']}`" if grading["image"] else f"the image that the `{RECIPE_FILE}` builds"
    return (
        f"Your answer is a script for bash, `{entry}`, that does this. It is run once, as root, in a container of"
        f" {image}, in {where}, without a network. Afterwards tests look at what it left there."
    )
