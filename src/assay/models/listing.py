"""Which models a server has, and which servers run on this machine. Asks, reads, and has no effect.

Nothing here asks a model anything: these are the lists that servers keep, at no cost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from yarl import URL

from assay.core.errors import Fault, ProviderError
from assay.formats.wire import WIRES, fault_of, read_problem
from assay.models.addresses import endpoint
from assay.models.transport import Transport

_LISTS = {"generate": "/api/tags"}
"""Where a format's servers keep their list, if not under `/models`."""
_ENOUGH = 8 * 1024 * 1024


class Engine(msgspec.Struct, frozen=True):
    """A kind of local server: where it listens unless told otherwise, and how one knows it."""

    name: str
    prefix: str
    """Of the short form: `<prefix>/<model>`."""
    port: int
    owner: str = ""
    """What its list says in `owned_by`; a port alone proves nothing."""
    loaded_path: str = ""
    """Where it tells which models are in memory, if not all that it lists are."""


ENGINES = (
    Engine("Ollama", "ollama", 11434, loaded_path="/api/ps"),
    Engine("LM Studio", "lmstudio", 1234, loaded_path="/api/v0/models"),
    Engine("vLLM", "vllm", 8000, owner="vllm"),
    Engine("SGLang", "sglang", 30000, owner="sglang"),
    Engine("llama.cpp", "llamacpp", 8080, owner="llamacpp"),
)


class LocalServer(msgspec.Struct, frozen=True, kw_only=True):
    """A server that answered."""

    engine: str
    base: str
    loaded: tuple[str, ...]
    """Ids in memory now: what `-m local` means."""
    available: tuple[str, ...] = ()
    """Ids that it would load when asked."""
    typed: dict[str, str] = {}
    """For each id: the `-m …` to type."""


async def list_models(
    transport: Transport,
    *,
    wire: str,
    base: str,
    headers: Mapping[str, str],
    timeout: float = 5.0,
    proxy: str | None = None,
) -> tuple[str, ...]:
    """The ids that the server at `base` lists. `headers` hold the key. Raises ProviderError."""
    fixed = {"anthropic-version": "2023-06-01"} if wire == "anthropic" else {}
    url = endpoint(base, WIRES[wire].root, _LISTS.get(wire, "/models"), query=_PAGE.get(wire, ""))
    listed = await _get(transport, url, headers={**fixed, **headers}, timeout=timeout, proxy=proxy)
    return ids_in(listed)


_PAGE = {"anthropic": "limit=1000", "gemini": "pageSize=1000"}
"""One page is all that is read; these make it long enough."""


def ids_in(listed: Any) -> tuple[str, ...]:
    """The ids in any vendor's list: OpenAI's and Anthropic's `data`, Gemini's and Ollama's `models`, a bare list."""
    rows = listed if isinstance(listed, list) else []
    if isinstance(listed, dict):
        rows = listed.get("data") or listed.get("models") or []
    found: list[str] = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            name = row.get("id") or row.get("name") or row.get("model")
            if isinstance(name, str):
                found.append(name.removeprefix("models/"))
    return tuple(dict.fromkeys(found))


async def discover_local(
    *, timeout: float = 0.5, engines: Sequence[Engine] = ENGINES, host: str = "127.0.0.1"
) -> list[LocalServer]:
    """The local servers that answer, all asked at once; those that do not are not there."""
    transport = Transport(connect=timeout)
    try:
        found = await asyncio.gather(*(_look(transport, e, f"http://{host}:{e.port}", timeout) for e in engines))
    finally:
        await transport.close()
    return [server for server in found if server is not None]


async def _look(transport: Transport, engine: Engine, root: str, timeout: float) -> LocalServer | None:
    base = f"{root}/v1"
    try:
        async with asyncio.timeout(timeout):
            listed = await _get(transport, f"{base}/models", timeout=timeout)
            rows = listed.get("data") if isinstance(listed, dict) else None
            if not isinstance(rows, list):
                return None
            ids = ids_in(listed)
            known = not engine.owner or any(isinstance(r, dict) and r.get("owned_by") == engine.owner for r in rows)
            loaded = await _loaded(transport, engine, root, ids, timeout=timeout)
    except (ProviderError, TimeoutError):
        return None
    return LocalServer(
        engine=engine.name if known else "an OpenAI-compatible server",
        base=base,
        loaded=loaded,
        available=tuple(i for i in ids if i not in loaded),
        typed={i: f"{engine.prefix}/{i}" if known else f"{i}@{base}" for i in ids},
    )


async def _loaded(
    transport: Transport, engine: Engine, root: str, ids: tuple[str, ...], *, timeout: float
) -> tuple[str, ...]:
    """Ids in memory. An older LM Studio does not tell, and lists no others."""
    if not engine.loaded_path:
        return ids
    try:
        listed = await _get(transport, root + engine.loaded_path, timeout=timeout)
    except ProviderError:
        return ids
    rows = listed.get("data") if isinstance(listed, dict) else None
    if isinstance(rows, list):
        return ids_in([r for r in rows if isinstance(r, dict) and r.get("state") == "loaded"])
    return ids_in(listed)


async def _get(
    transport: Transport,
    url: str,
    *,
    timeout: float,
    headers: Mapping[str, str] | None = None,
    proxy: str | None = None,
) -> Any:
    async with transport.open(
        "GET", URL(url, encoded=True), timeout=timeout, headers=headers or {}, proxy=proxy
    ) as exchange:
        body = await exchange.whole(at_most=_ENOUGH)
        if exchange.status != 200:
            problem = read_problem(body)
            raise ProviderError(
                f"the server gives no list of its models (HTTP {exchange.status})",
                fault=fault_of(exchange.status, problem),
                http_status=exchange.status,
            )
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProviderError("the server's list of models is no JSON", fault=Fault.MALFORMED) from error
