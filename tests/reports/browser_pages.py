"""A page in Debian's Chromium: from disk, with the network off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest


class Opened(NamedTuple):
    page: Any
    said: list[str]
    """Errors, dialogs, and all that it wrote to the console."""


@contextmanager
def opened(path: Path, *, width: int = 1280, scheme: str = "light") -> Iterator[Opened]:
    """Skips visibly where there is no browser."""
    browsers = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    binary = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
    if binary is None:
        pytest.skip("no Chromium on this machine")
    with browsers.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-gpu"])
        try:
            context = browser.new_context(offline=True, color_scheme=scheme, viewport={"width": width, "height": 844})
            page = context.new_page()
            said: list[str] = []
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("console", lambda message: said.append(message.text))
            page.on("dialog", lambda dialog: _dismiss(dialog, said))
            page.goto(path.as_uri())
            yield Opened(page, said)
        finally:
            browser.close()


def _dismiss(dialog: Any, said: list[str]) -> None:
    said.append(dialog.message)
    dialog.dismiss()
