"""What only the container sandbox has: an image's own folder, named endpoints, an owner's label."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import msgspec
import pytest

from assay.core.errors import SandboxError, UserError
from assay.core.judging import Ended, Job, Program, Step
from assay.core.task import Limits
from assay.sandboxes.box import Command
from assay.sandboxes.containers import owners
from assay.sandboxes.containers.boxes import ContainerBoxes
from assay.sandboxes.containers.engine import Engine, find_engine
from assay.sandboxes.containers.network import endpoints
from assay.sandboxes.containers.support import what_containers_allow
from assay.sandboxes.containers.workspace import ContainerWorkspaces
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.mounts import python_command
from assay.sandboxes.toolchains.base import system_mounts
from sandbox_containers.image import IMAGE
from sandbox_containers.private_engine import environment


def containers(engine: Engine) -> list[str]:
    command = [engine.command, *engine.options, "ps", "--all", "--quiet"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


async def gone(engine: Engine) -> bool:
    for _ in range(100):
        if not containers(engine):
            return True
        await asyncio.sleep(0.1)
    return False


@asynccontextmanager
async def serving() -> AsyncIterator[int]:
    """A web server on this machine, of which a workspace may or may not know."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + head.split(b"\r\n")[0] + b"x" * 300_000)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port: int = server.sockets[0].getsockname()[1]
        yield port


ASK = """
import socket, sys, urllib.request, urllib.error
port = int(sys.argv[1])
def ask(action):
    try:
        return action()
    except OSError as error:
        return type(error).__name__ + ' ' + str(getattr(error, 'code', ''))
def tunnel(target):
    link = socket.create_connection(('127.0.0.1', 3128))
    link.sendall(f'CONNECT {target} HTTP/1.1\\r\\n\\r\\n'.encode())
    first = link.recv(1000).split(b'\\r\\n')[0]
    if b' 200 ' not in first:
        return first
    link.sendall(b'GET /tunnelled HTTP/1.0\\r\\n\\r\\n')
    return len(b''.join(iter(lambda: link.recv(65536), b'')))
open_it = urllib.request.build_opener(urllib.request.ProxyHandler({'http': 'http://127.0.0.1:3128'})).open
print(ask(lambda: open_it(f'http://localhost:{port}/a?b=c').read()[:18]))
print(ask(lambda: tunnel(f'localhost:{port}')))
print(ask(lambda: open_it(f'http://127.0.0.1:{port}/').read()[:18]))
print(ask(lambda: tunnel('localhost:1')))
print(ask(lambda: tunnel('example.org:443')))
print(ask(lambda: socket.create_connection(('192.0.2.1', 80), 1)))
print(ask(lambda: socket.create_connection(('127.0.0.1', port), 1)))
"""


async def test_only_named_endpoints_are_reached(engine: Engine) -> None:
    """The proxy passes on what was allowed by name and port, and nothing else gets out."""
    async with serving() as port:
        opener = ContainerWorkspaces(IMAGE, engine=engine, allow=[f"localhost:{port}"])
        workspace = await opener.open({"ask.py": ASK.encode()})
        done = await workspace.exec(["python3", "-S", "ask.py", str(port)], env={"no_proxy": "", "NO_PROXY": ""})
        shown = await workspace.exec(["sh", "-c", 'echo "$HTTPS_PROXY"'])
        await workspace.close()
    said = done.stdout.decode().splitlines()
    assert done.stderr == b""
    assert said[0] == "b'GET /a?b=c HTTP/1.'"
    assert int(said[1]) > 300_000
    assert said[2:] == [
        "HTTPError 403", "b'HTTP/1.1 403 Forbidden'", "b'HTTP/1.1 403 Forbidden'", "OSError ",
        "ConnectionRefusedError ",
    ]  # fmt: skip
    assert shown.stdout == b"http://127.0.0.1:3128\n"
    assert await gone(engine)


@asynccontextmanager
async def echoing() -> AsyncIterator[int]:
    """A server that reads no more than it gets rid of."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(1 << 16):
                writer.write(data)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    async with server:
        port: int = server.sockets[0].getsockname()[1]
        yield port


CROWD = """
import socket, sys, threading
port = int(sys.argv[1])
def connect(words):
    link = socket.create_connection(('127.0.0.1', 3128), 5)
    link.sendall(words)
    return link
def tunnel():
    link = connect(b'CONNECT localhost:%d HTTP/1.1\\r\\n\\r\\n' % port)
    assert b' 200 ' in link.recv(39)
    return link
for _ in range(300):
    with connect(b'GET http://example.org/ HTTP/1.1\\r\\n\\r\\n') as link: assert b' 403 ' in link.recv(99)
for _ in range(50): connect(b'').close()
idle = [tunnel() for _ in range(3)]
for link in idle:
    link.settimeout(0.5)
    try: link.sendall(bytes(16 << 20))
    except TimeoutError: pass
link, size, got = tunnel(), 16 << 20, 0
threading.Thread(target=link.sendall, args=(bytes(size),), daemon=True).start()
while got < size: got += len(link.recv(1 << 16))
print(got == size)
"""


async def test_no_connection_holds_up_another(engine: Engine) -> None:
    """Those that are refused, say nothing or do not read what comes leave nothing behind, and much can go both ways
    beside them."""
    async with echoing() as port:
        opener = ContainerWorkspaces(IMAGE, engine=engine, allow=[f"localhost:{port}"])
        workspace = await opener.open({"crowd.py": CROWD.encode()})
        before = len(asyncio.all_tasks())
        done = await workspace.exec(["python3", "-S", "crowd.py", str(port)], limits=Limits(wall=60, cpu=60))
        assert (done.stdout, done.stderr) == (b"True\n", b"")
        for _ in range(100):
            if len(asyncio.all_tasks()) <= before:
                break
            await asyncio.sleep(0.1)
        assert len(asyncio.all_tasks()) <= before
        await asyncio.wait_for(workspace.close(), 20)
    assert await gone(engine)


@pytest.mark.parametrize("text", ["example.org", "example.org:0", "https://example.org:443", "*:443", ":80", "a:b"])
def test_endpoints_are_whole(text: str) -> None:
    """A host without a port, a pattern and an address with a scheme are refused with the right form."""
    with pytest.raises(UserError, match="host:port"):
        endpoints([text])


async def test_an_images_own_folder(engine: Engine) -> None:
    """Files of the image are there, can be changed all over by its user, and the change is told; no capability."""
    opener = ContainerWorkspaces(IMAGE, engine=engine, folder="/repo")
    workspace = await opener.open({"more.txt": b"more"})
    first = await workspace.snapshot()
    script = "id -u; echo x >> hello.txt; touch /usr/bin/new && grep CapEff /proc/self/status; echo $ASSAY_IMAGE $HOME"
    done = await workspace.exec(["sh", "-c", script])
    assert done.stdout.split() == [b"0", b"CapEff:", b"0000000000000000", b"here", b"/repo"], done.stderr
    assert await workspace.diff(first) == {"hello.txt": b"hello\nx\n"}
    # As root it can kill every process that root has; the keeper is another user.
    await workspace.exec(["sh", "-c", "kill -KILL -1"])
    slow = await workspace.exec(["sh", "-c", "sleep 60 & setsid sleep 60 & sleep 60"], limits=Limits(wall=0.5))
    assert (slow.exit_code, slow.limit) == (None, "wall")
    assert (await workspace.exec(["sh", "-c", "ps -eo args | grep '[s]leep 60'"])).stdout == b""
    bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
    bombed = await workspace.exec(["python3", "-c", bomb], limits=Limits(cpu=1.0, processes=24))
    assert (bombed.exit_code, bombed.limit) == (None, "cpu")
    assert (await workspace.exec(["cat", "more.txt"])).stdout == b"more"
    await workspace.close()
    assert await gone(engine)


async def test_tools_of_an_image_that_were_replaced(engine: Engine) -> None:
    """Where an image's own tools were made to say something else, that is the sandbox's error and none of ours."""
    workspace = await ContainerWorkspaces(IMAGE, engine=engine, folder="/repo").open({})
    first = await workspace.snapshot()
    script = "rm /usr/bin/wc; printf '#!/bin/sh\\necho many\\n' > /usr/bin/wc; chmod +x /usr/bin/wc; echo > new"
    assert (await workspace.exec(["sh", "-c", script])).exit_code == 0
    with pytest.raises(SandboxError, match="could not be read"):
        await workspace.diff(first)
    await workspace.close()


async def test_a_tree_of_many_files(engine: Engine) -> None:
    """A whole repository goes in within a few calls, and comes back as it was."""
    tree = {f"src/{n % 20}/file{n}.py": f"print({n})\n".encode() * 20 for n in range(1500)} | {"big": bytes(3 << 20)}
    workspace = await ContainerWorkspaces(IMAGE, engine=engine).open(tree)
    done = await workspace.exec(["sh", "-c", "find . -type f | wc -l; python3 -S src/7/file1487.py | head -1"])
    assert done.stdout.split() == [b"1501", b"1487"]
    assert await workspace.read("big") == bytes(3 << 20)
    first = await workspace.snapshot()
    await workspace.exec(
        ["sh", "-c", "for n in $(seq 450); do echo $n > new$n; done; echo x >> big; rm src/1/file1.py"]
    )
    changes = await workspace.diff(first)
    wanted: dict[str, bytes | None] = {f"new{n}": b"%d\n" % n for n in range(1, 451)}
    assert changes == wanted | {"big": bytes(3 << 20) + b"x\n", "src/1/file1.py": None}
    await workspace.close()


OWNER = """
import asyncio, sys
from assay.sandboxes.box import Command
from assay.sandboxes.containers.boxes import ContainerBoxes
from assay.sandboxes.containers.engine import Engine
async def main():
    boxes = ContainerBoxes(sys.argv[1], 1, engine=Engine(sys.argv[2], sys.argv[3], tuple(sys.argv[4:])))
    try:
        async with boxes.enter() as box:
            await box.run(Command(argv=("true",)))
            print("running", flush=True)
            await box.run(Command(argv=("sleep", "600")))
    finally:
        await boxes.close()
asyncio.run(main())
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
async def test_nothing_outlives_its_owner(how: signal.Signals, engine: Engine) -> None:
    """After kill -9 and after Ctrl-C no container is left, with nobody's help."""
    command = [sys.executable, "-c", OWNER, IMAGE, engine.command, engine.kind, *engine.options]
    owner = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert owner.stdout is not None
    assert await owner.stdout.readline() == b"running\n"
    assert len(containers(engine)) == 1
    owner.send_signal(how)
    await owner.wait()
    assert await gone(engine)


async def test_orphans_are_swept(engine: Engine) -> None:
    """What a dead owner left is removed at the next start, and what a living one has is not."""
    machine, room, pid, since = owners.label().split("/")
    labels = {
        "dead": f"{machine}/{room}/{pid}/1", "before": f"{machine.split('@')[0]}@other/{room}/{pid}/{since}",
        "mine": owners.label(), "elsewhere": f"other@x/{room}/{pid}/1", "nobody's": "",
    }  # fmt: skip
    for name, label in labels.items():
        words = ["run", "--detach", "--network=none", "--name", name.strip("'s"), f"--label={owners.LABEL}={label}"]
        await engine.ask(*words, "--ulimit=nofile=4096:4096", *engine.own_limits(), "--init", IMAGE, "sleep", "600")
    anew = msgspec.structs.replace(engine, options=(*engine.options, "--log-level=error"))  # swept once for each engine
    assert await owners.sweep(anew) == 2
    left = await engine.ask("ps", "--all", "--format", "{{.Names}}")
    await engine.ask("rm", "--force", *left.split())
    assert sorted(left.split()) == ["elsewhere", "mine", "nobody"]
    assert await owners.sweep(anew) == 0


async def test_troubles_are_one_clear_line(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """No image, no shell in it, no engine, no command: each says what to do."""

    async def first_words(boxes: ContainerBoxes) -> str:
        with pytest.raises(SandboxError) as caught:
            async with boxes.enter() as box:
                await box.run(Command(argv=("true",)))
        await boxes.close()
        assert "\n" not in str(caught.value)
        return str(caught.value)

    assert "not on this machine" in await first_words(ContainerBoxes("assay.test/absent:1", 1, engine=engine))
    with pytest.raises(SandboxError, match="not on this machine"):
        await ContainerWorkspaces("assay.test/absent:1", engine=engine).open({})
    with pytest.raises(UserError, match="needs an image"):
        await ContainerWorkspaces(engine=engine).open({})
    if engine.kind == "docker":
        nowhere = Engine(engine.command, "docker", ("--host", "unix:///nowhere/socket"))
        assert "not running" in await first_words(ContainerBoxes(IMAGE, 1, engine=nowhere))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SandboxError, match="install Docker or Podman"):
        find_engine()


NO_ENGINES = {
    "says nothing": "exit 0",
    "says something else": "echo what; exit 0",
    "speaks half": "echo '{\"ServerVersion\": '; exit 0",
    "has another shape": 'echo \'{"ServerVersion": 5, "ServerErrors": {}}\'; exit 0',
    "is no text": "printf '\\377\\376' >&2; exit 1",
    "dies": "kill -9 $$",
    "has a keeper that babbles": "case $* in *run*) echo ready; while read -r order number most; do echo $number why; done;; esac",
    "has a keeper of few words": "case $* in *run*) echo ready; while read -r order number most; do echo $number; done;; esac",
    "has a keeper without end": "case $* in *run*) echo ready; yes | tr -d '\\n';; esac",
}


@pytest.mark.parametrize("how", NO_ENGINES)
async def test_what_is_no_engine_is_told_in_one_line(how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that answers otherwise than an engine does is the machine's fault: the doctor has a line for it, a box
    and a workspace say so."""
    command = tmp_path / "docker"
    command.write_text(f"#!/bin/sh\n{NO_ENGINES[how]}\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    check = {check.name: check for check in what_containers_allow()}["docker"]
    assert (check.ok, bool(check.detail), "\n" in check.detail) == (False, True, False)
    boxes = ContainerBoxes(IMAGE, 1)
    with pytest.raises(SandboxError) as of_box:
        async with boxes.enter() as box:
            await box.run(Command(argv=("true",)))
    await boxes.close()
    with pytest.raises(SandboxError) as of_workspace:
        await ContainerWorkspaces(IMAGE).open({"file": b"content"})
    assert "\n" not in f"{of_box.value}{of_workspace.value}"


async def test_a_call_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    """Also where the command is a script, whose own children hold its pipes."""
    command = tmp_path / "docker"
    command.write_text("#!/bin/sh\nsleep 600\nexit 1\n")
    command.chmod(0o755)
    with pytest.raises(SandboxError, match="did not answer within"):
        await asyncio.wait_for(Engine(str(command), "docker").call("ps", within=0.5), 20)


SAID = {
    "permission denied while trying to connect to the Docker daemon socket": "add yourself to the group",
    "write /var/lib/docker/x: no space left on device": "no space is left",
    'exec: "docker-init": executable file not found in $PATH': "install `tini`",
    'OCI runtime create failed: exec: "sh": executable file not found in $PATH': "has no `sh`",
    "Error: short-name resolution: image not known": "not on this machine",
    "something\nnew": "something new",
    "\33]0;title\7\u202e\rnew": "\\u001b]0;title\\u0007\\u202e\\u000dnew",
    "": "without a word",
}


@pytest.mark.parametrize("said", SAID)
def test_what_engines_say_is_translated(said: str) -> None:
    """Known words get their meaning, unknown ones are handed on, always in one line."""
    complaint = Engine("docker", "docker").complaint(said)
    assert SAID[said] in complaint
    assert "\n" not in complaint


def test_the_doctor_has_a_line_for_each_engine(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that answers is told with its version and what is weaker in its containers; one that does not, with what
    to do."""
    for name, value in environment(engine).items():
        monkeypatch.setenv(name, value)
    well = {check.name: check for check in what_containers_allow()}[engine.kind]
    assert (well.ok, well.needed, "cgroup" in well.detail, "Weaker" in well.detail) == (True, False, True, True)
    assert ("AF_VSOCK" in well.detail) == (engine.kind == "docker")  # nothing of ours stands before its filter
    if engine.kind == "docker":
        monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/socket")
        ill = {check.name: check for check in what_containers_allow()}["docker"]
        assert (ill.ok, "not running" in ill.detail, "start" in ill.remedy) == (False, True, True)
    monkeypatch.setenv("PATH", "/nowhere")
    assert [check.detail for check in what_containers_allow()] == ["not installed"] * 2


async def test_the_judge_works_over_containers(engine: Engine) -> None:
    """Typed calls and programs in Python get the verdicts that they get in the built-in sandbox."""
    mounts = system_mounts(sys.base_prefix)
    boxes = ContainerBoxes(IMAGE, 2, mounts, engine=engine, python=python_command())
    judge = BoxJudge(boxes)
    source = "def add(a, b):\n    return a + b\n\ndef leave():\n    import os; os._exit(0)\n"
    cases = ((Step("call", "add", (1, 2)),), (Step("call", "add", ("x", b"y")),), (Step("call", "leave"),))
    job = Job(language="python", files={"answer.py": source}, entry="answer.py", cases=cases)
    outcome = await judge.run(job)
    assert (outcome.ended, outcome.flags) == (Ended.CRASHED, ("early_exit",))
    assert outcome.cases[0][0].returned == 3
    assert outcome.cases[1][0].raised is not None
    spins = Job(
        language="python", files={"p.py": "while True: pass"}, entry="p.py", programs=(Program(),), limits=Limits(cpu=1)
    )  # fmt: skip
    stopped = await judge.run(spins)
    assert (stopped.ended, stopped.limit) == (Ended.EXCEEDED, "cpu")
    await judge.close()
