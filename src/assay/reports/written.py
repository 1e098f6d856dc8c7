"""A report in the form that is asked for: which files, and where they go. Knows the forms by name; refuses to know
what is in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from assay.core.errors import UserError
from assay.reports.html import write_report
from assay.reports.markdown import markdown
from assay.reports.parquet import write_parquet
from assay.reports.pictures.drawing import can_draw, needed, write_pictures
from assay.reports.pictures.frame import Picture
from assay.reports.pictures.gallery import gallery
from assay.reports.results_csv import write_csv
from assay.reports.standing import Summary
from assay.reports.summary import summarise
from assay.store.journal import RunFolder, replace_file
from assay.store.tables import Tables


class Report(msgspec.Struct, frozen=True):
    """One or more runs, summed up."""

    folders: tuple[RunFolder, ...]
    summary: Summary
    gallery: Mapping[tuple[str, str], Sequence[Picture]] | None
    """`None` where the pictures' library is not here."""

    @property
    def folder(self) -> Path:
        """Where its files go unless somebody says where: one run's own folder."""
        return self.folders[0].path if len(self.folders) == 1 else Path("report")


def read_report(folders: Sequence[RunFolder]) -> Report:
    """Of several runs only the suites that all of them hold."""
    with Tables(list(folders)) as tables:
        summary = summarise(tables)
        if len(folders) > 1:
            summary = _common(summary)
        return Report(tuple(folders), summary, gallery(tables, summary) if can_draw() else None)


def write_form(report: Report, form: str, out: Path | None = None) -> list[Path]:
    """`out` is a folder, or, for a form of one file, that file."""
    place = out or report.folder / ("pictures" if form in _PICTURES else "")
    if form in _ONE_FILE and place.suffix != f".{form}":
        place = place / f"report.{form}"
    folder = place.parent if form in _ONE_FILE else place
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"cannot write to {folder}: {error.strerror}; name another place with --out") from error
    return FORMS[form](report, place)


def _html(report: Report, path: Path) -> list[Path]:
    return [write_report(path, report.folders, report.summary, report.gallery)]


def _markdown(report: Report, path: Path) -> list[Path]:
    replace_file(path, markdown(report.summary).encode("utf-8", "replace"))
    return [path]


def _csv(report: Report, folder: Path) -> list[Path]:
    return list(write_csv(folder, report.summary))


def _parquet(report: Report, folder: Path) -> list[Path]:
    return write_parquet(folder, report.summary)


def _pictures(form: str) -> Callable[[Report, Path], list[Path]]:
    def write(report: Report, folder: Path) -> list[Path]:
        if report.gallery is None:
            raise needed(form)
        written: list[Path] = []
        for (suite, table), pictures in report.gallery.items():
            several = len(report.gallery) > 1
            name = f"{suite} {table}" if len({key[0] for key in report.gallery}) < len(report.gallery) else suite
            written += write_pictures(pictures, folder / _safe(name) if several else folder, form)
        return written

    return write


FORMS: dict[str, Callable[[Report, Path], list[Path]]] = {
    "html": _html, "md": _markdown, "csv": _csv, "png": _pictures("png"), "svg": _pictures("svg"), "parquet": _parquet,
}  # fmt: skip
_ONE_FILE = ("html", "md")
_PICTURES = ("png", "svg")


def _safe(name: str) -> str:
    """As the name of a folder."""
    return (
        "".join(letter if letter.isalnum() or letter in "-_.@" else "_" for letter in name)[:80].strip(".") or "suite"
    )


def _common(summary: Summary) -> Summary:
    held: dict[str, set[str]] = {}
    for one in summary.standings:
        held.setdefault(one.suite, set()).add(one.run)
    common = {suite for suite, runs in held.items() if len(runs) == len(summary.runs)}
    if not common:
        each = "; ".join(f"{suite}: {', '.join(sorted(runs))}" for suite, runs in held.items())
        raise UserError(f"these runs have no suite in common ({each}); name runs that share one")
    left_out = tuple(
        f"{suite} is left out: only {', '.join(sorted(runs))} of these runs holds it"
        for suite, runs in held.items()
        if suite not in common
    )
    return msgspec.structs.replace(
        summary,
        standings=tuple(one for one in summary.standings if one.suite in common),
        slices=tuple(one for one in summary.slices if one.suite in common),
        notes=(*summary.notes, *left_out),
    )
