"""Gives this environment what the exercises of Aider's polyglot benchmark need beyond their languages' own tools.

    python tools/exercise_packages.py FOLDER

Jest and its Babel preset come from npm into FOLDER/exercises; JUnit, AssertJ, CMake, Boost, TBB and the sources of
crates from Debian's packages, as root. What cannot be had here is said: `assay run` then names what it leaves out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import npm

DEBIAN = {
    "/usr/bin/cmake": "cmake",
    "/usr/bin/make": "make",
    "/usr/include/boost/date_time": "libboost-date-time-dev",
    "/usr/include/tbb": "libtbb-dev",
    "/usr/share/java/junit-jupiter-api.jar": "junit5",
    "/usr/share/java/assertj-core.jar": "libassertj-core-java",
    "/usr/share/cargo/registry": "librust-rand-dev librust-time-dev librust-anyhow-dev",
}
"""What must be there, and the packages that bring it."""
HERE = Path(__file__).parent / "exercises"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules" / "jest").is_dir():
        npm.install(HERE, folder, without="exercises in JavaScript will be left out")
    wanted = " ".join(packages for path, packages in DEBIAN.items() if not Path(path).exists()).split()
    if wanted:
        debian_install(wanted)


def debian_install(wanted: list[str]) -> None:
    named = " ".join(wanted)
    if os.geteuid() or shutil.which("apt-get") is None:
        print(f"missing: {named}; install them by hand (this script needs Debian and root)", file=sys.stderr)
        return
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=env)
    done = subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *wanted], env=env)
    if done.returncode:
        print(f"cannot be had here: {named}; what needs it will be left out", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "exercises")
