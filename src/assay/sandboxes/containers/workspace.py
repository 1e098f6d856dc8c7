"""Workspaces over containers: an image or a tree for a long session.

With a tree, the working folder and /tmp lie in memory, all else is read-only. With a folder of the image's own
(`folder`), that is worked in as it stands: the whole image can be written to, the image's user runs the commands
(root too, but with no capability), and what they write on its layer is bounded only file by file.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping, Sequence

import msgspec

from assay.core.errors import SandboxError, UserError
from assay.core.ports import Executed
from assay.core.task import Limits
from assay.sandboxes.box import Mount, told_apart
from assay.sandboxes.containers import owners, scripts
from assay.sandboxes.containers.container import USER, Container, Ordered, Shape
from assay.sandboxes.containers.engine import Engine, find_engine
from assay.sandboxes.containers.network import Gate, endpoints
from assay.sandboxes.linux.pool import checked
from assay.sandboxes.logs import readable

_LIMITS = Limits(cpu=600.0, wall=600.0, memory=2048, processes=256, disk=512, output=4096)
_LARGEST_FILE = 64 << 20
_AT_ONCE = 200
_ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}


class ContainerWorkspace:
    """One container for one session. Who calls while another call is not over waits for its end."""

    def __init__(
        self, container: Container, shape: Shape, limits: Limits, *, env: Mapping[str, str], gate: Gate | None
    ) -> None:
        self._container = container
        self._shape = shape
        self._limits = limits
        self._env = env
        self._gate = gate
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
        ordered = Ordered(
            argv=tuple(argv), env={**self._env, **(env or {})}, cwd=checked(cwd, folder=True), stdin=stdin,
            limits=allowed,
        )  # fmt: skip
        async with self._turn:
            done = await self._container.run(ordered, output=allowed.output << 10, hear=on_output)
        code = done.exit_code if done.signal is None or done.limit else 128 + done.signal
        return Executed(code, done.stdout, done.stderr, done.limit)

    async def read(self, path: str) -> bytes:
        """Raises FileNotFoundError where there is no plain file."""
        text = scripts.take(self._shape.folder, checked(path), _LARGEST_FILE)
        code, data, said = await self._chore(text)
        if code == scripts.NOTHING_THERE:
            raise FileNotFoundError(path)
        if code != 0:
            raise SandboxError(f"a file could not be read: {readable(said) or code}")
        return data

    async def write(self, path: str, data: bytes) -> None:
        await self.put({path: data})

    async def put(self, files: Mapping[str, bytes]) -> None:
        """Several files in as few calls as can be."""
        whole = {checked(path): data for path, data in files.items()}
        async with self._turn:
            written = await self._container.put(whole, most=self._shape.room << 20)
        if written is None:
            raise SandboxError("a workspace has no room left")

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
        code, output, _ = await self._chore(scripts.take_all(self._shape.folder, paths))
        if code != 0:
            return {path: await self.read(path) for path in paths}
        return told_apart(paths, output)

    async def _chore(self, text: str, *, wall: float = 120.0) -> tuple[int, bytes, bytes]:
        async with self._turn:
            return await self._container.chore(text, most=_LARGEST_FILE, wall=wall)

    async def close(self) -> None:
        if self._gate is not None:
            await self._gate.close()
        await self._container.end()

    async def _manifest(self) -> dict[str, str]:
        code, output, said = await self._chore(scripts.listing(self._shape.folder), wall=self._limits.wall)
        if code != 0 or b"\0" not in output:
            raise SandboxError(f"a workspace cannot be listed: {readable(said) or code}")
        return scripts.listed(output)


class ContainerWorkspaces:
    """Opens workspaces on one image, or on the image named at each opening."""

    def __init__(
        self,
        image: str = "",
        mounts: Sequence[Mount] = (),
        *,
        engine: Engine | None = None,
        folder: str = "",
        user: str = "",
        allow: Sequence[str] = (),
        room: int = 1024,
        cpus: float = 0.0,
    ) -> None:
        """`folder`: work in the image's own folder instead of an empty one. `user`: uid:gid of commands; else
        nobody, or with `folder` the image's own. `allow`: the endpoints, `host:port`, that can be reached through a
        proxy; all else of the network is absent. For it, the image needs python3."""
        self._image = image
        self._mounts = tuple(mounts)
        self._engine = engine or find_engine()
        if folder and not folder.startswith("/"):
            raise UserError(f"a workspace's folder is a whole path inside the image, not {folder!r}")
        self._folder = folder
        self._user = user
        self._allowed = endpoints(allow)
        self._room = room
        self._cpus = cpus

    async def open(
        self, tree: dict[str, bytes], *, image: str = "", limits: Limits | None = None
    ) -> ContainerWorkspace:
        image, limits = image or self._image, limits or _LIMITS
        if not image:
            raise UserError("a container workspace needs an image: name one that is on this machine")
        await owners.sweep(self._engine)
        settings = await self._inspected(image)
        shape = Shape(
            image=image, folder=self._folder or "/box", in_place=bool(self._folder),
            user=self._user or (settings.user or "0:0" if self._folder else USER),
            mounts=self._mounts, room=max(self._room, limits.disk), cpus=self._cpus,
        )  # fmt: skip
        env = {**_ENVIRONMENT, **dict(pair.partition("=")[::2] for pair in settings.env or ()), "HOME": shape.folder}
        container = Container(self._engine, shape)
        gate = Gate(self._engine, container.name, image, self._allowed) if self._allowed else None
        workspace = ContainerWorkspace(container, shape, limits, env=env | (gate.env if gate else {}), gate=gate)
        try:
            await container.start(limits)
            if gate is not None:
                await gate.open()
            if tree:
                await workspace.put(tree)
        except BaseException:
            await workspace.close()
            raise
        return workspace

    async def _inspected(self, image: str) -> _Settings:
        code, out, err = await self._engine.call("image", "inspect", "--format", "{{json .Config}}", image)
        if code != 0:
            raise SandboxError(self._engine.complaint(err))
        try:
            return msgspec.json.decode(out, type=_Settings)
        except msgspec.DecodeError as error:
            raise SandboxError(f"{self._engine.command} does not answer as a container engine does") from error


class _Settings(msgspec.Struct, frozen=True, rename="pascal"):
    """What an image says of itself, as far as we care."""

    user: str = ""
    env: tuple[str, ...] | None = ()
