"""A box for a long session: commands come and go, files stay, and what changed can be told."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable, Sequence

import msgspec

from assay.core.errors import SandboxError, Unsupported
from assay.core.ports import Executed
from assay.core.task import Limits
from assay.sandboxes.box import Finished, Mount, told_apart
from assay.sandboxes.linux import root
from assay.sandboxes.linux.handle import Orders, Worker
from assay.sandboxes.linux.launch import new_worker, plan_for
from assay.sandboxes.linux.mounts import everyday_mounts
from assay.sandboxes.linux.pool import CHORE, checked

_LIMITS = Limits(cpu=600.0, wall=600.0, memory=2048, processes=256, disk=512, output=4096)
_LARGEST_FILE = 64 << 20
_AT_ONCE = 200
_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": root.WORK,
    "LANG": "C.UTF-8",
}


class LinuxWorkspace:
    """One worker for one session; it has a loopback of its own and no other network. Who calls while another call is
    not over waits for its end."""

    def __init__(self, worker: Worker, limits: Limits) -> None:
        self._worker = worker
        self._limits = limits
        self._snapshots: dict[str, dict[str, str]] = {}
        self._names = itertools.count(1)
        self._turn = asyncio.Lock()

    async def exec(
        self,
        argv: Sequence[str],
        *,
        cwd: str = ".",
        stdin: bytes = b"",
        env: dict[str, str] | None = None,
        limits: Limits | None = None,
        on_output: Callable[[str, bytes], None] | None = None,
    ) -> Executed:
        allowed = msgspec.structs.replace(limits or self._limits, disk=self._limits.disk)
        orders = Orders(
            kind="command", argv=argv, env=_ENVIRONMENT | (env or {}), cwd=checked(cwd, folder=True), limits=allowed
        )
        async with self._turn:
            done = await self._worker.run(orders, stdin=stdin, output=allowed.output << 10, on_output=on_output)
        code = done.exit_code if done.signal is None or done.limit else 128 + done.signal
        return Executed(code, done.stdout, done.stderr, done.limit)

    async def read(self, path: str) -> bytes:
        """Raises FileNotFoundError where there is no plain file."""
        done = await self._chore(Orders(kind="take", path=checked(path), most=_LARGEST_FILE))
        if done.exit_code != 0:
            raise FileNotFoundError(path)
        return done.stdout

    async def write(self, path: str, data: bytes) -> None:
        await self._put({checked(path): data})

    async def snapshot(self) -> str:
        name = f"snapshot-{next(self._names)}"
        self._snapshots[name] = await self._manifest()
        return name

    async def diff(self, since: str) -> dict[str, bytes | None]:
        before, now = self._snapshots[since], await self._manifest()
        changed: dict[str, bytes | None] = {path: None for path in before if path not in now}
        fresh = [path for path, digest in now.items() if before.get(path) != digest]
        for start in range(0, len(fresh), _AT_ONCE):
            changed |= await self._read_all(fresh[start : start + _AT_ONCE])
        return dict(sorted(changed.items()))

    async def _read_all(self, paths: Sequence[str]) -> dict[str, bytes]:
        """Several files in one call, as long as they are no more than one may be."""
        done = await self._chore(Orders(kind="take_all", paths=paths))
        if done.exit_code != 0 or done.limit:
            return {path: await self.read(path) for path in paths}
        return told_apart(paths, done.stdout)

    async def close(self) -> None:
        await self._worker.end()

    async def _manifest(self) -> dict[str, str]:
        done = await self._chore(Orders(kind="list"))
        if done.exit_code != 0:
            raise SandboxError(f"a workspace cannot be listed: {done.stderr.decode(errors='replace').strip()}")
        # The standard library's reader takes names that are no text; msgspec's does not.
        return dict(json.loads(line) for line in done.stdout.splitlines())

    async def _put(self, files: dict[str, bytes]) -> None:
        done = await self._chore(Orders(kind="put"), put=files)
        if done.exit_code != 0 or done.limit:
            raise SandboxError("a workspace has no room left" if done.limit == "disk" else "a write failed")

    async def _chore(self, orders: Orders, *, put: dict[str, bytes] | None = None) -> Finished:
        limits = msgspec.structs.replace(CHORE, disk=self._limits.disk)
        async with self._turn:
            return await self._worker.run(msgspec.structs.replace(orders, limits=limits), put=put, output=_LARGEST_FILE)


class LinuxWorkspaces:
    """Opens workspaces that show the system's programs, and `mounts` besides."""

    def __init__(self, mounts: Sequence[Mount] = ()) -> None:
        self._mounts = (*everyday_mounts(), *mounts)

    async def open(self, tree: dict[str, bytes], *, image: str = "", limits: Limits | None = None) -> LinuxWorkspace:
        if image:
            raise Unsupported("the built-in sandbox has no images; use the container sandbox (docker or podman)")
        limits = limits or _LIMITS
        worker = new_worker(plan_for(self._mounts, loopback=True, disk=limits.disk))
        workspace = LinuxWorkspace(worker, limits)
        try:
            await worker.start()
            if tree:
                await workspace._put({checked(path): data for path, data in tree.items()})
        except BaseException:
            await worker.end()
            raise
        return workspace
