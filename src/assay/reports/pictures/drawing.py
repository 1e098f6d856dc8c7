"""Pictures as files, and the library that draws them in a page. Knows vl-convert, which needs no browser and no
network; refuses to know what is drawn."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from assay.core.errors import StorageError, UserError
from assay.reports.pictures.frame import Picture, Width
from assay.reports.pictures.theme import Scheme
from assay.store.journal import replace_file

HOW = "pip install '.[images]'"
"""What brings the pictures."""

# The page's own script calls this and nothing else of the bundle.
_GLOBAL = "window.assayEmbed"
_ENTRY = f"{_GLOBAL} = vegaEmbed;"


def can_draw() -> bool:
    """Altair and vl-convert are here."""
    import sys

    return all(sys.modules.get(name, True) and find_spec(name) for name in ("altair", "vl_convert"))


def needed(form: str) -> UserError:
    return UserError(f"{form} needs the pictures' library, which is not installed; {HOW} brings it")


def write_pictures(
    pictures: Sequence[Picture], folder: Path, form: str, *, width: Width = "wide", scheme: Scheme = "light"
) -> list[Path]:
    """One file for each, `png` or `svg`, whole or not at all."""
    if not can_draw():
        raise needed(form)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for picture in pictures:
        path = folder / f"{picture.name}.{form}"
        replace_file(path, drawn(picture, form, width=width, scheme=scheme))
        written.append(path)
    return written


def drawn(picture: Picture, form: str, *, width: Width = "wide", scheme: Scheme = "light") -> bytes:
    import vl_convert

    spec = picture.file_spec(width, scheme)
    if form == "svg":
        text: str = vl_convert.vegalite_to_svg(spec, vl_version=_vega_lite())
        return text.encode()
    image: bytes = vl_convert.vegalite_to_png(spec, vl_version=_vega_lite(), scale=2)
    return image


@cache
def library() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script. Bundling takes seconds, so that it is kept beside what else
    is cached, under the versions that it was made from."""
    import vl_convert

    home = os.environ.get("ASSAY_HOME")
    base = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "assay"
    kept = base / "pictures" / f"vega-{version('vl-convert-python')}-{_vega_lite()}.js"
    try:
        text = kept.read_text("utf-8")
        if _GLOBAL in text[-80:]:
            return text
    except (OSError, UnicodeDecodeError):
        pass
    bundle: str = vl_convert.javascript_bundle(_ENTRY, vl_version=_vega_lite())
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        replace_file(kept, bundle.encode())
    except (OSError, StorageError):
        pass  # a cache that cannot be written costs seconds, and no report
    return bundle


@cache
def _vega_lite() -> str:
    """The version that Altair writes for."""
    import altair

    version: str = altair.SCHEMA_VERSION
    return ".".join(version.split(".")[:2])
