"""What the machine allows is tried, and told with a remedy."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest

from assay.sandboxes.linux import landlock, seccomp, syscalls
from assay.sandboxes.linux.support import what_this_kernel_allows


def test_every_line_is_whole() -> None:
    """Each check has a name and words of its own, and one that fails says what to do."""
    checks = what_this_kernel_allows()
    assert len({check.name for check in checks}) == len(checks)
    assert all(check.detail for check in checks)
    assert all(check.remedy for check in checks if not check.ok)


def test_asking_changes_nothing() -> None:
    """The same question has the same answer twice: the trial leaves no trace in this process."""
    assert what_this_kernel_allows() == what_this_kernel_allows()


def test_the_filter_is_a_valid_program() -> None:
    """Every jump of the filter lands inside it, and its last word is a verdict."""
    kinds = itertools.product((True, False), (True, False), seccomp.Network)
    for cgroup, notice, network in kinds:
        code = seccomp.program(cgroup=cgroup, notice=notice, network=network)
        lines = [code[at : at + 8] for at in range(0, len(code), 8)]
        for place, line in enumerate(lines):
            kind, yes, no = int.from_bytes(line[:2], "little"), line[2], line[3]
            if kind & 7 == 5:
                assert place + 1 + max(yes, no) < len(lines)
        assert int.from_bytes(lines[-1][:2], "little") == 6
        assert len(lines) < 4096


def test_both_machines_have_their_numbers() -> None:
    """No two calls share a number on either machine: a slip in the table would allow what it means to deny."""
    for column in (0, 1):
        numbers = [row[column] for row in syscalls.NUMBERS.values() if row[column] >= 0]
        assert len(numbers) == len(set(numbers))


def test_other_systems_are_told_where_to_go() -> None:
    """On macOS and Windows importing works, and opening a pool points to the container sandbox."""
    code = """
import sys
for name in ("fcntl", "resource"):
    sys.modules[name] = None
sys.platform = "darwin"
from assay.core.errors import SandboxError
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.linux.support import what_this_kernel_allows
from assay.sandboxes.linux.workspace import LinuxWorkspaces
try:
    LinuxBoxes(1)
except SandboxError as error:
    print(error)
print([check.remedy for check in what_this_kernel_allows()])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.count("container sandbox") == 2


def test_without_namespaces_a_fence_stands_in() -> None:
    """Where the kernel refuses namespaces, Landlock and seccomp do, and the doctor says what is weaker."""
    code = """
import asyncio
from assay.core.errors import SandboxError
from assay.sandboxes.box import Command
from assay.sandboxes.linux import seccomp, syscalls
from assay.sandboxes.linux.mounts import everyday_mounts
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.linux.support import what_this_kernel_allows
from assay.sandboxes.linux.workspace import LinuxWorkspaces
syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
seccomp.install(seccomp.program(cgroup=True, notice=False, network=seccomp.Network.LOOPBACK))
async def main():
    pool = LinuxBoxes(1, everyday_mounts())
    async with pool.enter() as box:
        done = await box.run(Command(argv=("/bin/sh", "-c", "ls / >/dev/null 2>&1 || echo fenced")))
        print(done.stdout.decode().strip())
    await pool.close()
    try:
        await LinuxWorkspaces().open({})
    except SandboxError as error:
        print(error)
asyncio.run(main())
checks = {check.name: check for check in what_this_kernel_allows()}
print(checks["user namespace"].remedy)
print(checks["fence"].detail)
print([check.name for check in checks.values() if check.needed and not check.ok])
"""
    if landlock.abi() < landlock.SCOPES_SINCE:
        pytest.skip("this kernel's Landlock does not scope signals")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    said, refused, remedy, weaker, missing = done.stdout.splitlines()
    assert said == "fenced"
    assert "unshare" in refused and "doctor machine" in refused
    assert "unprivileged_userns_clone" in remedy
    assert "Weaker" in weaker and missing == "[]"
