"""The filter of system calls that podman's containers get."""

from __future__ import annotations

import fcntl
from typing import Any

from assay.sandboxes.containers.profile import stricter

LENIENT: dict[str, Any] = {
    "defaultAction": "SCMP_ACT_ERRNO",
    "defaultErrnoRet": 38,
    "syscalls": [
        {"names": ["read", "fcntl", "clone", "clone3", "unshare", "mount"], "action": "SCMP_ACT_ALLOW", "args": []},
        {"names": ["setns"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}},
        {"names": ["personality"], "action": "SCMP_ACT_ALLOW", "args": [{"index": 0, "value": 0}]},
    ],
}


def rules(profile: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [rule for rule in profile["syscalls"] if name in rule["names"]]


def test_what_makes_namespaces_is_refused_in_every_rule() -> None:
    """No rule of the machine's own allows what ours refuses; a new process can be had without a namespace only."""
    found = stricter(LENIENT)
    for name in ("unshare", "setns", "mount", "keyctl"):
        assert [(rule["action"], rule["errnoRet"]) for rule in rules(found, name)] == [("SCMP_ACT_ERRNO", 1)]
    (clone,) = rules(found, "clone")
    assert (clone["action"], clone["args"][0]["op"]) == ("SCMP_ACT_ALLOW", "SCMP_CMP_MASKED_EQ")
    assert clone["args"][0]["value"] & 0x10000000  # CLONE_NEWUSER
    (newer,) = rules(found, "clone3")
    assert (newer["action"], newer["errnoRet"]) == ("SCMP_ACT_ERRNO", 38)  # so that libraries take the old one


def test_locks_that_nobody_counts_and_watches_on_the_host_are_refused() -> None:
    """Each order that is allowed is named, in all of its bits that the kernel looks at."""
    orders = [argument for rule in rules(stricter(LENIENT), "fcntl") for argument in rule["args"]]
    assert {order["value"] for order in orders} == {0xFFFFFFFF}
    allowed = {order["valueTwo"] for order in orders}
    assert not allowed & {37, 38, 1024, 1026}
    assert allowed >= {fcntl.F_DUPFD_CLOEXEC, fcntl.F_SETLK, fcntl.F_SETLKW, fcntl.F_GETFL, 1031, 1033}


def test_all_else_stays_as_the_machine_has_it() -> None:
    """Other rules and the default are the owner's business."""
    found = stricter(LENIENT)
    assert rules(found, "read") == [{"names": ["read"], "action": "SCMP_ACT_ALLOW", "args": []}]
    assert rules(found, "personality") == rules(LENIENT, "personality")
    assert {**found, "syscalls": []} == {**LENIENT, "syscalls": []}
