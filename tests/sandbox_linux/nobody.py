"""Running tests once more as an ordinary user, who has no cgroup to lean on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]

_AS_NOBODY = """
import os, stat, sys
from pathlib import Path
from assay.sandboxes.linux import syscalls as sc

# In a mount namespace of our own, folders that only root may enter are covered by copies that all may, in
# which nothing but Python and this repository stands.
needed = [os.path.realpath(path) for path in (REPOSITORY, sys.prefix, sys.base_prefix)]
sc.unshare(sc.CLONE_NEWNS)
sc.mount(None, "/", flags=sc.MS_REC | sc.MS_PRIVATE)
closed = {}
for path in needed:
    above = [p for p in reversed(Path(path).parents) if not p.stat().st_mode & stat.S_IXOTH]
    if above:
        closed.setdefault(str(above[0]), []).append((path, os.open(path, os.O_PATH)))
for folder, trees in closed.items():
    sc.mount("tmpfs", folder, kind="tmpfs", data="mode=755")
    for path, tree in trees:
        Path(path).mkdir(parents=True, exist_ok=True)
        sc.mount(f"/proc/self/fd/{tree}", path, flags=sc.MS_BIND | sc.MS_REC)
os.chdir(REPOSITORY)
os.setgroups([])
os.setresgid(65534, 65534, 65534)
os.setresuid(65534, 65534, 65534)
os.environ["HOME"] = "/nonexistent"
os.execv(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[1:]])
"""


def pytest_as_nobody(*arguments: str, within: float) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        os.chown(folder, 65534, 65534)
        return subprocess.run(
            [
                sys.executable, "-c", f"REPOSITORY = {str(REPOSITORY)!r}\n{_AS_NOBODY}", "-q", "-p", "no:cacheprovider",
                f"--basetemp={folder}/below", *arguments,
            ],
            capture_output=True, text=True, timeout=within, check=False,
        )  # fmt: skip
