"""Where groups can be made, told from the texts that kernels of all kinds give."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.sandboxes.linux import cgroups

# Written as kernels write them; `@` stands for the folder that is /sys/fs/cgroup there.
V2 = """\
23 29 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw
29 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,errors=remount-ro
34 24 0:29 / @ rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot
"""
V1 = """\
31 24 0:26 / @ ro,nosuid,nodev,noexec shared:8 - tmpfs tmpfs ro,mode=755
32 31 0:27 / @/systemd rw,nosuid,nodev,noexec,relatime shared:9 - cgroup cgroup rw,xattr,name=systemd
35 31 0:30 / @/cpu,cpuacct rw,nosuid,nodev,noexec,relatime shared:14 - cgroup cgroup rw,cpu,cpuacct
36 31 0:31 / @/pids rw,nosuid,nodev,noexec,relatime shared:15 - cgroup cgroup rw,pids
37 31 0:32 / @/memory rw,nosuid,nodev,noexec,relatime shared:16 - cgroup cgroup rw,memory
"""
HYBRID = V1 + "38 31 0:33 / @/unified rw,nosuid,nodev,noexec,relatime shared:10 - cgroup2 cgroup2 rw,nsdelegate\n"
ONLY_NAMED = """\
31 24 0:26 / @ ro,nosuid,nodev,noexec shared:8 - tmpfs tmpfs ro,mode=755
32 31 0:27 / @/systemd rw,nosuid,nodev,noexec,relatime shared:9 - cgroup cgroup rw,xattr,name=systemd
33 31 0:28 / @/unified rw,nosuid,nodev,noexec,relatime shared:10 - cgroup2 cgroup2 rw
"""
IN_DOCKER_V1 = """\
611 610 0:71 / @ rw,nosuid,nodev,noexec,relatime - tmpfs tmpfs rw,mode=755
613 611 0:30 /docker/3f1c @/cpu,cpuacct ro,nosuid,nodev,noexec,relatime master:14 - cgroup cgroup rw,cpu,cpuacct
614 611 0:31 /docker/3f1c @/pids ro,nosuid,nodev,noexec,relatime master:15 - cgroup cgroup rw,pids
615 611 0:32 /docker/3f1c @/memory ro,nosuid,nodev,noexec,relatime master:16 - cgroup cgroup rw,memory
"""
WITH_A_SPACE = V2.replace("@", r"@/with\040space")
SCOPE = "/user.slice/user-1000.slice/user@1000.service/app.slice/run-7.scope"
OWN_V1 = (
    "5:memory:/user.slice\n4:pids:/user.slice/user-0.slice\n3:cpu,cpuacct:/user.slice\n1:name=systemd:/user.slice\n"
)
OWN_DOCKER = "5:memory:/docker/3f1c\n4:pids:/docker/3f1c\n3:cpu,cpuacct:/docker/3f1c\n0::/system.slice\n"

GIVEN = "cpuset cpu io memory pids"
FOLDERS_V1 = ["/memory/user.slice", "/pids/user.slice/user-0.slice", "/cpu,cpuacct/user.slice"]


def unified(place: str) -> dict[str, str]:
    return dict.fromkeys(("memory", "pids", "cpuacct"), place)


def each(*places: str) -> dict[str, str]:
    return dict(zip(("memory", "pids", "cpuacct"), places, strict=False))


FOUND: dict[str, tuple[int, str, str, list[str], dict[str, str]]] = {
    # name: version, own groups, mounts, folders that are there with what each hands down, the home by controller
    "v2, delegated": (2, f"0::{SCOPE}\n", V2, [f"{SCOPE}={GIVEN}"], unified(SCOPE)),
    "v2, its parent": (2, f"0::{SCOPE}/in\n", V2, [f"{SCOPE}={GIVEN}", f"{SCOPE}/in="], unified(SCOPE)),
    "v2, in a namespace of its own": (2, "0::/\n", V2, [f"/={GIVEN}"], unified("/")),
    "v2, where a space is": (2, "0::/a\n", WITH_A_SPACE, [f"/with space/a={GIVEN}"], unified("/with space/a")),
    "v1": (1, OWN_V1, V1, FOLDERS_V1, each(*FOLDERS_V1)),
    "v1 in a container, of which no more is seen": (
        1, OWN_DOCKER, IN_DOCKER_V1, ["/memory", "/pids", "/cpu,cpuacct"], each("/memory", "/pids", "/cpu,cpuacct"),
    ),
    "v1, nobody counts time": (1, "5:memory:/\n4:pids:/\n", V1, ["/memory", "/pids"], each("/memory", "/pids")),
    "hybrid, version 1 has the controllers": (
        1, OWN_V1 + "0::/user.slice\n", HYBRID, [*FOLDERS_V1, f"/unified/user.slice={GIVEN}"], each(*FOLDERS_V1),
    ),
    "hybrid, version 2 has the controllers": (
        2, "1:name=systemd:/\n0::/x\n", ONLY_NAMED, [f"/unified/x={GIVEN}"], unified("/unified/x"),
    ),
}  # fmt: skip
NOT_FOUND: dict[str, tuple[str, str, list[str], str]] = {
    "v2, nothing handed down": (f"0::{SCOPE}\n", V2, [f"{SCOPE}="], "not delegated"),
    "v2, only processors handed down": (f"0::{SCOPE}\n", V2, [f"{SCOPE}=cpuset cpu"], "not delegated"),
    "v2, the group is not seen": (f"0::{SCOPE}\n", V2, [], "not delegated"),
    "v2, outside its namespace": ("0::/../../up\n", V2, [f"/={GIVEN}"], "no cgroup file system"),
    "v1, the folder is not there": (OWN_V1, V1, ["/memory/user.slice"], "the pids cgroup .* is not writable"),
    "v1, another container's mount": (
        OWN_DOCKER.replace("3f1c", "77aa"), IN_DOCKER_V1, ["/memory", "/pids"], "the memory cgroup .* is not writable",
    ),
    "no controller and no version 2": ("1:name=systemd:/\n", ONLY_NAMED, [], "no cgroup file system"),
    "nothing mounted": (f"0::{SCOPE}\n", "29 1 254:1 / / rw - ext4 /dev/vda1 rw\n", [], "no cgroup file system"),
    "a process in no group": ("", V2, [f"/={GIVEN}"], "no cgroup file system"),
}  # fmt: skip


def located(top: Path, own: str, mounts: str, folders: list[str]) -> cgroups.Home:
    for folder in folders:
        name, _, given = folder.partition("=")
        place = Path(f"{top}{name}")
        place.mkdir(parents=True, exist_ok=True)
        (place / "cgroup.procs").touch()
        (place / "cgroup.subtree_control").write_text(given)
    return cgroups.located(own, mounts.replace("@", str(top)))


@pytest.mark.parametrize("name", FOUND)
def test_the_home_is_found(name: str, tmp_path: Path) -> None:
    """On every kind of machine, the groups of this process are where the kernel says that they are."""
    version, own, mounts, folders, wanted = FOUND[name]
    home = located(tmp_path, own, mounts, folders)
    assert home.folders == {controller: f"{tmp_path}{place}".rstrip("/") for controller, place in wanted.items()}
    assert home.version == version


@pytest.mark.parametrize("name", NOT_FOUND)
def test_why_there_is_none_is_said(name: str, tmp_path: Path) -> None:
    """Where no group can be made, nothing is tried, and the reason is one that a person can act on."""
    own, mounts, folders, why = NOT_FOUND[name]
    with pytest.raises(cgroups.Unavailable, match=why):
        located(tmp_path, own, mounts, folders)
