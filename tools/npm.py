"""What the scripts beside this one get from npm: what a lock file names, and nothing that runs on the way."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path


def find(command: str) -> str | None:
    """In this environment first, then on the machine."""
    own = Path(sys.prefix) / "bin" / command
    return str(own) if own.exists() else shutil.which(command)


def install(locked: Path, folder: Path, *, without: str) -> None:
    """Puts what `locked` names into FOLDER/node_modules; where that cannot be, says `without`."""
    npm = find("npm")
    if npm is None:
        print(f"there is no npm here; {without}", file=sys.stderr)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(locked / name, folder / name)
    done = subprocess.run([npm, "ci", "--silent", "--no-fund", "--no-audit", "--ignore-scripts"], cwd=folder)
    if done.returncode:
        print(f"npm failed; {without}", file=sys.stderr)
