"""Our tasks as Harbor's. An agent works on the starting files in `/app`; what it leaves there is judged by Assay's own
judge, which lies with the task beside its tests, so that a verdict there is the verdict here. A task that has an image
of its own is written as it is.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from assay.core.task import Suite, Task
from assay.exchange.tasks.harbor_form import JUDGED, SOLVE, TEST
from assay.formats.toml_text import toml_text
from assay.suites.faults import Faults
from assay.suites.tree import as_text, read_tree
from assay.suites.wording import REVIEW_CLOSING, closing
from assay.suites.writing import put

_SCHEMA = "1.1"
_PACKAGES = ("msgspec", "click")
"""What the judge needs besides Python."""
_PARSERS = (
    "tree-sitter",
    *(f"tree-sitter-{name}" for name in ("javascript", "typescript", "go", "rust", "java", "cpp")),
)
"""And for refactorings in these languages."""
_IMAGES = {
    "python": ("debian:bookworm-slim", ""),
    "javascript": ("node:22-bookworm-slim", ""),
    "typescript": ("node:22-bookworm-slim", "npm install --prefix /opt/.toolchains typescript @types/node"),
    "go": ("golang:1.24-bookworm", ""),
    "rust": ("rust:1-slim-bookworm", ""),
    "java": ("debian:bookworm-slim", "apt-get install -y --no-install-recommends openjdk-17-jdk-headless"),
    "cpp": ("gcc:14-bookworm", ""),
}
"""By language: the image to build on, and what is added to it."""
_DOCKERFILE = """\
FROM {image}
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv{more}
RUN python3 -m venv /opt/assay && /opt/assay/bin/pip install --no-cache-dir {packages}
WORKDIR /app
{copy}"""
_TEST = """\
#!/bin/bash
# Judges what stands in /app by the task beside this file, with the judge in assay.zip.
python=/opt/assay/bin/python
[ -x "$python" ] || python=python3
judge=$(mktemp -d) && "$python" -m zipfile -e /tests/assay.zip "$judge" || exit 1
mkdir -p /logs/verifier
cd "$judge" || exit 1
said=/logs/verifier/assay.json
export PYTHONPATH="$judge${PYTHONPATH:+:$PYTHONPATH}" ASSAY_HOME="$judge/home"
"$python" -P -m assay tasks judge /tests/assay /app --json > "$said"
# Where the judge broke there is no score, and without a reward there is no verdict.
score=$("$python" -P -c 'import json, sys; print(json.load(open(sys.argv[1]))["score"])' "$said") || exit 1
echo "$score" > /logs/verifier/reward.txt
"""
_SOLVE = "#!/bin/bash\ncp -r /solution/files/. /app/\n"


def write_tasks(suite: Suite, root: Path, out: Path) -> list[Path]:
    """A folder for each task of the suite in the folder `root`, below `out`."""
    written = []
    for task in suite.tasks:
        folder = out / task.id.replace("/", "-")
        texts = _texts(root / "tasks" / task.id if (root / "tasks").is_dir() else root)
        parts = _as_it_is(task, texts) if task.grading["judge"] == "image" else _judged_by_us(task, texts)
        parts["task.toml"] = _task_toml(suite, task).encode()
        for path, data in parts.items():
            written_file = put(folder / path, data)
            if written_file.suffix == ".sh":
                written_file.chmod(0o755)
        written.append(folder)
    return written


def _texts(folder: Path) -> dict[str, str]:
    faults = Faults()
    raw = read_tree(str(folder), place=str(folder), faults=faults)
    texts = {path: as_text(data, place=f"{folder}/{path}", faults=faults) for path, data in raw.items()}
    faults.raise_if_any()
    return texts


def _as_it_is(task: Task, texts: Mapping[str, str]) -> dict[str, bytes]:
    found = {"instruction.md": texts["prompt.md"].encode()}
    for mine, theirs in (("files/", "environment/"), ("tests/", "tests/"), ("solution/", "solution/")):
        found |= {
            theirs + path.removeprefix(mine): text.encode() for path, text in texts.items() if path.startswith(mine)
        }
    if task.extract.path != SOLVE:
        found[f"solution/{SOLVE}"] = f"#!/bin/bash\nbash /solution/{task.extract.path}\n".encode()
    return found


def _judged_by_us(task: Task, texts: Mapping[str, str]) -> dict[str, bytes]:
    packages = [*_PACKAGES, *(_PARSERS if "shape" in task.grading and task.language != "python" else ())]
    image, more = _IMAGES[task.language]
    dockerfile = _DOCKERFILE.format(
        image=image,
        more=f" && {more}" if more.startswith("apt-get") else f"\nRUN {more}" if more else "",
        packages=" ".join(packages),
        copy="COPY app/ /app/\n" if task.files else "",
    )
    return {
        "instruction.md": _instruction(task).encode(),
        "environment/Dockerfile": dockerfile.encode(),
        **{f"environment/app/{path}": text.encode() for path, text in task.files.items()},
        f"tests/{TEST}": _TEST.encode(),
        "tests/assay.zip": judge_archive(),
        **{f"{JUDGED}/{path}": text.encode() for path, text in texts.items()},
        f"solution/{SOLVE}": _SOLVE.encode(),
        **{f"solution/files/{path}": text.encode() for path, text in task.solution.items()},
    }


def _instruction(task: Task) -> str:
    said = task.ask.messages[-1].content.rstrip()
    for end in (closing(task.extract), REVIEW_CLOSING):
        said = said.removesuffix(end).rstrip()
    where = "The files are in `/app`. " if task.files else ""
    if task.extract.form == "file":
        what = f"Leave your answer, the complete file `{task.extract.path}`, in `/app`."
    else:
        what = "Create and change files there." if where else "Create the files in `/app`."
    if task.grading["judge"] == "findings":
        what = f"Leave the list of all findings, as JSON, in `/app/{task.extract.path}`."
    return f"{said}\n\n{where}{what}\n"


def _task_toml(suite: Suite, task: Task) -> str:
    limits = task.limits
    meta = {
        "difficulty": task.difficulty,
        "category": task.category,
        "language": task.language,
        "licence": task.licence,
        "assay_id": task.id,
    }
    environment: dict[str, object] = {"build_timeout_sec": 1800.0, "memory_mb": max(2048, limits.memory)}
    if task.grading["judge"] == "image":
        told = {"docker_image": task.grading["image"], "workdir": task.grading["workdir"]}
        environment |= {key: value for key, value in told.items() if value} | {"storage_mb": limits.disk}
    tables = {
        "schema_version": _SCHEMA,
        "task": {"name": f"{_plain(suite.name)}/{_plain(task.id)}", "description": task.title},
        "metadata": {key: value for key, value in meta.items() if value},
        "verifier": {"timeout_sec": max(600.0, limits.wall)},
        "agent": {"timeout_sec": max(600.0, limits.wall)},
        "environment": environment,
    }
    return toml_text(tables)


def _plain(name: str) -> str:
    return "".join(letter if (letter.isascii() and letter.isalnum()) or letter in "._-" else "-" for letter in name)


@cache
def judge_archive() -> bytes:
    """This package without the suite in the box, whose solutions are nobody's business there."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        waiting: list[tuple[str, Traversable]] = [("assay", files("assay"))]
        while waiting:
            name, here = waiting.pop()
            for inner in sorted(here.iterdir(), key=lambda one: one.name):
                path = f"{name}/{inner.name}"
                if inner.is_dir() and inner.name != "__pycache__" and path != "assay/suites/core":
                    waiting.append((path, inner))
                elif inner.is_file():
                    archive.writestr(zipfile.ZipInfo(path), inner.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()
