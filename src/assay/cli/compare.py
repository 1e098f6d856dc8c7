"""`assay compare`: which of two is better, by how much, how sure, at what price; or which of many may be the best."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assay.cli.exits import DONE, NO, UNDECIDED
from assay.cli.options import as_json, print_json

if TYPE_CHECKING:
    from assay.config.gate import Bound
    from assay.reports.compared import Compared


@click.command("compare")
@click.argument("names", nargs=-1, required=True, metavar="A B [C…]")
@click.option("--runs", "among", multiple=True, metavar="RUN", help="Look for the models in these runs only.")
@click.option("--suite", "suites", multiple=True, metavar="SUITE", help="Only these suites.")
@click.option("--anyway", is_flag=True, help="Compare what was judged differently; the report says so.")
@click.option(
    "--gate", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Margins per metric; exit code 0, 1, or 4 for undecided.",
)  # fmt: skip
@click.option("--self", "self_check", is_flag=True, help="How often the gate fails equals, on this very data.")
@click.option("--level", type=click.FloatRange(0.5, 0.9999), default=0.95, show_default=True, metavar="P")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Also write it as Markdown."
)
@as_json
def compare(names: tuple[str, ...], **given: Any) -> int:
    """Compare entrants on the tasks that all were judged on. Each name is a MODEL, a RUN or a RUN:MODEL.

    The first of two is the baseline, the second the candidate. A single RUN compares all models in it.
    """
    from assay.core.errors import UserError
    from assay.wiring.comparing import compare_named

    if given["self_check"] and given["gate"] is None:
        raise UserError("--self says how often a gate is wrong, so it wants --gate FILE")
    bounds = _read_gate(given["gate"])
    found = compare_named(
        names,
        among=given["among"],
        suites=given["suites"],
        bounds=bounds,
        anyway=given["anyway"],
        check_itself=given["self_check"],
        level=given["level"],
    )
    if given["out"] is not None:
        _write(found, given["out"])
    if given["json"]:
        import msgspec

        print_json(msgspec.to_builtins(found))
    else:
        from assay.reports.compared import lines

        for line in lines(found):
            click.echo(line)
    return _way_out(found)


def _read_gate(path: Path | None) -> tuple[Bound, ...]:
    if path is None:
        return ()
    from assay.config.gate import parse_gate
    from assay.core.errors import UserError

    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"cannot read the gate {path}: {error}") from error
    return parse_gate(text, where=str(path))


def _write(found: Compared, path: Path) -> None:
    from assay.core.errors import UserError
    from assay.reports.compared import document
    from assay.store.journal import replace_file

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, document(found).encode("utf-8", "replace"))
    except OSError as error:
        raise UserError(f"cannot write {path}: {error.strerror}; name another file with --out") from error


def _way_out(found: Compared) -> int:
    from assay.stats.gates import Answer

    return {None: DONE, Answer.YES: DONE, Answer.NO: NO, Answer.UNDECIDED: UNDECIDED}[found.gate]
