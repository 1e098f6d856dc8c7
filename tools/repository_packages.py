"""Gives this environment what runs the tests of JavaScript and TypeScript repositories: Jest and Vitest, from npm.

python tools/repository_packages.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from npm import install

if __name__ == "__main__":
    install(
        Path(__file__).parent / "repositories",
        Path(sys.argv[1]) / "exercises" / "packages",
        without="repositories that are tested with Jest or Vitest cannot be mined",
    )
