"""The report in a real browser, opened from disk with the network off: pictures are drawn under the strict policy, in
both colour schemes, on a phone; whatever models are called, nothing of it runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser_pages import opened

from assay.reports.written import read_report, write_form
from synthetic_runs import make_plan, make_run

pytest.importorskip("altair", reason="the pictures' library is not installed")

NAMES = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>",
    "datum.value + alert(3)",
    "{signal: 'alert(4)'}",
    "a-vendor/a-model-with-a-name-that-is-far-too-long-for-any-phone-2025-01-01-preview-high-effort",
)


@pytest.fixture(scope="module")
def page_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("browser")
    folder = make_run(root, make_plan(models=NAMES, tasks=24, samples=2), chance=0.6)
    return write_form(read_report([folder]), "html")[0]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pictures_are_drawn_and_names_are_text(page_path: Path, width: int, scheme: str) -> None:
    """Each figure holds a drawing, nothing is wider than the screen, and no name has done anything."""
    with opened(page_path, width=width, scheme=scheme) as (page, said):
        page.wait_for_selector("body[data-drawn]", timeout=60_000)
        assert page.locator("figure").count() == page.locator("figure .drawn svg").count() == 8
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator("figure img").count() == 0
        assert "datum.value + alert(3)" in page.locator("figure").first.inner_text()
        ink = page.locator("figure .drawn svg text").first.evaluate("text => getComputedStyle(text).fill")
        assert (sum(map(int, ink[4:-1].split(","))) > 380) == (scheme == "dark")
        assert page.get_attribute("body", "data-drawn") == ("narrow" if width == 390 else "wide")
        assert said == []


def test_a_mark_says_what_it_is_as_text(page_path: Path) -> None:
    """The words beside the pointer are text nodes, the hostile name among them."""
    with opened(page_path) as (page, said):
        page.wait_for_selector("body[data-drawn]", timeout=60_000)
        for mark in page.locator("figure").first.locator(".mark-symbol path").all():
            mark.hover()
            page.wait_for_selector("#tip:not([hidden])")
            if "alert(1)" in page.locator("#tip").inner_text():
                break
        assert NAMES[0] in page.locator("#tip").inner_text()
        assert page.locator("#tip img, #tip script").count() == 0
        assert said == []


def test_paper_is_light_whatever_the_screen_prefers(page_path: Path) -> None:
    """Printed, a page that is dark on the screen has dark ink."""
    with opened(page_path, scheme="dark") as (page, _):
        page.wait_for_selector("body[data-drawn]", timeout=60_000)
        page.emulate_media(media="print")
        ink = page.locator("figure .drawn svg text").first.evaluate("text => getComputedStyle(text).fill")
        assert sum(map(int, ink[4:-1].split(","))) < 380
