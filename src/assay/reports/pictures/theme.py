"""Colours and type of all pictures, in two schemes. A chart names a colour (`var(--p-ink)`): in a page the style
sheet fills it in, so that dark, light and print need no drawing anew; in a file `painted` does. The palette is
Okabe and Ito's, which colour-blind readers can tell apart; scales are cividis and blue–orange."""

from __future__ import annotations

from typing import Any, Literal

Scheme = Literal["light", "dark"]


def _named(name: str) -> str:
    return f"var(--p-{name})"


INK, SOFT, FAINT, LINE, GROUND = (_named(name) for name in ("ink", "soft", "faint", "line", "ground"))
LEAD, LEAD_BAND, LEAD_ROW = (_named(name) for name in ("lead", "lead-band", "lead-row"))
REST, REST_BAND, WARN = (_named(name) for name in ("rest", "rest-band", "warn"))
SERIES = tuple(_named(f"series-{number}") for number in range(1, 9))

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")
"""A second mark of a series, for print without colours."""

_LIGHT = {
    "ink": "#1d2126", "soft": "#5b636d", "faint": "#e4e1da", "line": "#cfcbc2", "ground": "#ffffff",
    "lead": "#0072b2", "lead-band": "#8fc1e3", "lead-row": "#eef5fa",
    "rest": "#7a6a5a", "rest-band": "#d3c9bd", "warn": "#9a5b00",
    "series-1": "#0072b2", "series-2": "#d55e00", "series-3": "#009e73", "series-4": "#cc79a7",
    "series-5": "#b08a00", "series-6": "#3a9bdc", "series-7": "#4d4d4d", "series-8": "#8c6d31",
}  # fmt: skip
_DARK = {
    "ink": "#e6e8ea", "soft": "#9aa4af", "faint": "#2a3038", "line": "#3b434d", "ground": "#1b1f25",
    "lead": "#56b4e9", "lead-band": "#2f6287", "lead-row": "#202a33",
    "rest": "#b8aa98", "rest-band": "#554e46", "warn": "#e0ad5c",
    "series-1": "#56b4e9", "series-2": "#f08a4b", "series-3": "#2fc79d", "series-4": "#e3a3c6",
    "series-5": "#f0e442", "series-6": "#9fd3ff", "series-7": "#c9c9c9", "series-8": "#c9a86a",
}  # fmt: skip
_SCHEMES: dict[Scheme, dict[str, str]] = {"light": _LIGHT, "dark": _DARK}

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'

CONFIG: dict[str, Any] = {
    "background": None,
    "aria": False,  # a picture is one image with one label; the tables beside it hold its values
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": SOFT, "titleColor": SOFT, "gridColor": FAINT, "domainColor": LINE, "tickColor": LINE,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "titlePadding": 8, "labelPadding": 5,
    },
    "legend": {
        "labelColor": INK, "titleColor": SOFT, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelLimit": 320, "symbolStrokeWidth": 2,
    },
    "title": {
        "color": INK, "subtitleColor": SOFT, "fontSize": 17, "subtitleFontSize": 12.5, "fontWeight": 600,
        "anchor": "start", "frame": "bounds", "offset": 14, "lineHeight": 21, "subtitleLineHeight": 17,
        "subtitlePadding": 6,
    },
    "text": {"color": INK, "fontSize": 12},
}  # fmt: skip


def style_sheet() -> str:
    """The named colours as CSS, with dark ones for who prefers them, and light ones on paper."""
    light, dark = (
        "".join(f"--p-{name}:{value};" for name, value in _SCHEMES[scheme].items()) for scheme in ("light", "dark")
    )
    return f":root{{{light}}}@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}"


def painted(spec: Any, scheme: Scheme) -> Any:
    """`spec` with each named colour filled in; its data is left alone."""
    if isinstance(spec, dict):
        kept = ("data", "datasets")
        return {name: value if name in kept else painted(value, scheme) for name, value in spec.items()}
    if isinstance(spec, list):
        return [painted(value, scheme) for value in spec]
    if isinstance(spec, str) and spec.startswith("var(--p-"):
        return _SCHEMES[scheme].get(spec[8:-1], spec)
    return spec
