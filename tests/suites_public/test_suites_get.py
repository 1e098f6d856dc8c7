"""`assay suites get`: what arrives is the official file or nothing, and what broke off goes on."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import hashlib
import http.server
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.core.errors import UserError
from assay.suites.download import download
from assay.suites.official_data import OfficialFile

CONTENT = bytes(range(256)) * 4000


class Server(http.server.ThreadingHTTPServer):
    """Gives CONTENT, or what a test wants instead; remembers from which byte it was asked."""

    content = CONTENT
    breaks_after: int | None = None
    ranges = True
    packs = False
    pause = 0.0
    asked: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.server.asked.append(f"{self.path} {wanted}".strip())
        if "absent" in self.path:
            self.send_error(404)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.server.ranges else 0
        packed = self.server.packs and "gzip" in self.headers.get("Accept-Encoding", "")
        body = (gzip.compress(self.server.content) if packed else self.server.content)[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        for piece in (body[: self.server.breaks_after][at : at + 100_000] for at in range(0, len(body), 100_000)):
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(self.server.pause)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Handler)
    made.asked = []
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))
    monkeypatch.delenv("ASSAY_MIRROR", raising=False)
    return tmp_path


def wanted(address: str, *, size: int = len(CONTENT)) -> OfficialFile:
    digest = hashlib.sha256(CONTENT).hexdigest()
    return OfficialFile(suite="s", name="f.bin", address=address, sha256=digest, size=size, rows=1)


async def test_a_file_arrives_whole_and_once(server: Server, home: Path) -> None:
    """It lies in the data folder, its progress was told, and a second call fetches nothing."""
    told: list[int] = []
    path = await download(wanted(f"{server.address}/f.bin"), progress=told.append)
    assert path == home / "data" / "s" / "f.bin"
    assert path.read_bytes() == CONTENT
    assert told[-1] == len(CONTENT)
    await download(wanted(f"{server.address}/f.bin"), progress=told.append)
    assert len(server.asked) == 1


@pytest.mark.parametrize(("ranges", "size"), [(True, len(CONTENT)), (False, len(CONTENT)), (True, 0)])
async def test_what_broke_off_goes_on(server: Server, home: Path, ranges: bool, size: int) -> None:
    """A server that hangs up in the middle costs only what is left, where the server can begin in the middle."""
    server.breaks_after, server.ranges = 300_000, ranges
    with pytest.raises(UserError, match="what came so far is kept"):
        await download(wanted(f"{server.address}/f.bin", size=size), progress=lambda _: None)
    server.breaks_after = None
    path = await download(wanted(f"{server.address}/f.bin", size=size), progress=lambda _: None)
    assert path.read_bytes() == CONTENT
    assert server.asked[1].startswith("/f.bin bytes=")


async def test_what_broke_off_goes_on_where_the_server_packs_texts(server: Server, home: Path) -> None:
    """A server that packs what it sends to whoever takes it packed is asked for the bytes of the file themselves."""
    server.breaks_after, server.packs = 300_000, True
    with pytest.raises(UserError, match="what came so far is kept"):
        await download(wanted(f"{server.address}/f.bin"), progress=lambda _: None)
    server.breaks_after = None
    path = await download(wanted(f"{server.address}/f.bin"), progress=lambda _: None)
    assert path.read_bytes() == CONTENT


async def test_two_at_once_bring_one_whole_file(server: Server, home: Path) -> None:
    """Whoever comes second waits for the first, fetches nothing, and sees how far that is."""
    server.pause = 0.1
    told: list[int] = []
    first = asyncio.create_task(download(wanted(f"{server.address}/f.bin"), progress=lambda _: None))
    await asyncio.sleep(0.3)
    path = await download(wanted(f"{server.address}/f.bin"), progress=told.append)
    assert path == await first
    assert path.read_bytes() == CONTENT
    assert server.asked == ["/f.bin"]
    assert told[-1] > 0
    assert [found.name for found in path.parent.iterdir()] == ["f.bin"]


async def test_what_had_come_whole_is_not_fetched_again(server: Server, home: Path) -> None:
    """A process that was ended after the last byte, before it could say so, has fetched all the same."""
    (home / "data" / "s").mkdir(parents=True)
    (home / "data" / "s" / "f.bin.partial").write_bytes(CONTENT)
    path = await download(wanted(f"{server.address}/f.bin"), progress=lambda _: None)
    assert path.read_bytes() == CONTENT
    assert not server.asked


async def test_a_page_instead_of_the_file_costs_nothing_that_had_come(server: Server, home: Path) -> None:
    """A server that answers with something of another size is told by that, before what came so far is touched."""
    (home / "data" / "s").mkdir(parents=True)
    partial = home / "data" / "s" / "f.bin.partial"
    partial.write_bytes(CONTENT[:500_000])
    server.content, server.ranges = b"<html>Please log in</html>", False
    with pytest.raises(UserError, match=r"26 bytes instead of 1,024,000; what came so far is kept"):
        await download(wanted(f"{server.address}/f.bin"), progress=lambda _: None)
    assert partial.read_bytes() == CONTENT[:500_000]


async def test_a_data_folder_that_cannot_be_made_is_named(server: Server, home: Path) -> None:
    """A place where nothing can be written is the user's to change, and no fault of ours."""
    (home / "data").write_text("a file")
    with pytest.raises(UserError, match=r"data/s.*: Not a directory$"):
        await download(wanted(f"{server.address}/f.bin"), progress=lambda _: None)


async def test_another_file_is_refused_and_not_kept(server: Server, home: Path) -> None:
    """A file of the right size with other bytes, or one that is too long, is no official file."""
    for content in (b"x" * len(CONTENT), CONTENT + b"more"):
        server.content = content
        with pytest.raises(UserError, match=r"does not give the official f\.bin"):
            await download(wanted(f"{server.address}/f.bin"), progress=lambda _: None)
        assert not list((home / "data" / "s").iterdir())


async def test_no_way_there_says_what_to_do(server: Server, home: Path) -> None:
    """Offline, or at a wrong address, one line names the place where the file belongs."""
    for address in (f"{server.address}/absent", "http://127.0.0.1:9/f.bin"):
        with pytest.raises(UserError) as caught:
            await download(wanted(address), progress=lambda _: None)
        assert str(home / "data" / "s" / "f.bin") in str(caught.value)
        assert "\n" not in str(caught.value)
        assert "is kept" not in str(caught.value)


def test_a_mirror_is_held_to_the_same_hash(server: Server, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """$ASSAY_MIRROR is asked for <suite>/<name>, and what it gives has to be the official file."""
    monkeypatch.setenv("ASSAY_MIRROR", server.address)
    done = subprocess.run(
        [sys.executable, "-m", "assay", "suites", "get", "humaneval"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "does not give the official HumanEval.jsonl.gz" in done.stderr
    assert server.asked == ["/humaneval/HumanEval.jsonl.gz"]
    with contextlib.suppress(FileNotFoundError):
        assert not list((home / "data" / "humaneval").iterdir())
