"""`python -m assay.scripted`: a scripted endpoint for people, until Ctrl-C.

Knows flags and what to print; everything else is in `server.py` and `fast.py`.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import click
import msgspec

from assay.core.errors import UserError
from assay.scripted.fast import serve_fast
from assay.scripted.script import Script, load_script
from assay.scripted.server import ScriptedServer


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--port", default=8123, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--script", type=click.Path(path_type=Path), help="A YAML or JSON file that says what to answer.")
@click.option("--echo", is_flag=True, help="Answer with what was asked.")
@click.option("--text", help="Always answer this.")
@click.option("--model", "models", multiple=True, help="An id to list; may be repeated.")
@click.option("--key", default="", help="Demand this key, where each vendor's clients send it.")
@click.option("--fast", is_flag=True, help="OpenAI chat only, one canned answer, thousands of replies a second.")
@click.option("--fail-every", default=0, type=click.IntRange(0), help="With --fast: each Nth prompt always fails.")
def main(
    *,
    port: int,
    script: Path | None,
    echo: bool,
    text: str | None,
    models: tuple[str, ...],
    key: str,
    fast: bool,
    fail_every: int,
) -> None:
    """Serve scripted answers on 127.0.0.1 in every vendor's wire format."""
    if sum((script is not None, echo, text is not None)) > 1:
        raise UserError("--script, --echo and --text exclude one another; keep one")
    if fast and (script is not None or echo or key):
        raise UserError("--fast has one canned answer and no key; use it with --text and --fail-every only")
    if fail_every and not fast:
        raise UserError("--fail-every needs --fast; in a script, use `match: {every: N}`")
    if fast:
        model = models[0] if models else "demo"
        asyncio.run(_run_fast(port=port, text=text or "This is a scripted answer.", model=model, fail_every=fail_every))
        return
    chosen = load_script(script) if script is not None else Script.echo() if echo else Script()
    if text is not None:
        chosen = Script.fixed(text)
    if models:
        chosen = msgspec.structs.replace(chosen, models=models)
    asyncio.run(_run(chosen, port=port, key=key))


async def _run(script: Script, *, port: int, key: str) -> None:
    server = ScriptedServer(script, key=key, port=port, record=False)
    async with server:
        model = script.models[0] if script.models else "any-model"
        _say(f"scripted server on {server.root} (Ctrl-C stops it)")
        _say(f"  assay run -m {model}@{server.url}")
        _say(f"  OpenAI base URL {server.url}; Anthropic, Gemini and Ollama base URL {server.root}")
        await _until_stopped()
    _say(f"stopped after {server.tally.requests} requests, {server.tally.calls} of them calls")


async def _run_fast(*, port: int, text: str, model: str, fail_every: int) -> None:
    try:
        server = await serve_fast(host="127.0.0.1", port=port, text=text, model=model, fail_every=fail_every)
    except OSError as error:
        raise UserError(f"cannot listen on 127.0.0.1:{port}: {error.strerror or error}") from error
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    _say(f"fast server on {url} (Ctrl-C stops it); {url}/stats counts requests")
    _say(f"  assay run -m {model}@{url}/v1")
    await _until_stopped()
    server.close()


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def run(command: Callable[..., object] = main) -> int:
    """The exit code; a mistake is one line on stderr."""
    try:
        command(standalone_mode=False)
    except click.ClickException as error:
        sys.stderr.write(f"error: {error.format_message()}\n")
        return 2
    except UserError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(run())
