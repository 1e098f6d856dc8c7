"""`assay report`: its forms, where they go, several runs as one, and a plain report where there are no pictures."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
import msgspec
import pytest

from assay.cli import main
from assay.cli.report import _FORMS
from assay.reports.written import FORMS
from synthetic_runs import make_plan, make_run


class Said(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def assay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """The command, with runs in a folder of the test's own."""
    monkeypatch.setenv("ASSAY_RUNS", str(tmp_path / "runs"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Said(left.value.code, said.out, said.err)

    return call


def test_the_command_knows_every_form() -> None:
    """Its list, which is there so that `--help` imports nothing, is the list of writers."""
    assert tuple(FORMS) == _FORMS


def test_without_a_form_the_page_and_the_tables_go_into_the_run(assay: Callable[..., Said], tmp_path: Path) -> None:
    """As it always was."""
    make_run(tmp_path / "runs", make_plan(run_id="first", tasks=6))
    said = assay("report", "first")
    assert said.out.split() == [
        f"{tmp_path}/runs/first/{name}" for name in ("report.html", "results.csv", "slices.csv")
    ]


def test_markdown_is_a_table_and_names_in_it_are_text(assay: Callable[..., Said], tmp_path: Path) -> None:
    """Intervals beside scores, columns in line, and no markup that a name brought."""
    make_run(tmp_path / "runs", make_plan(run_id="first", models=("a|b", "<img src=x>"), tasks=12))
    said = assay("report", "first", "--format", "md", "--out", "here/said.md")
    assert said.out.split() == ["here/said.md"]
    text = Path("here/said.md").read_text()
    assert "<img" not in text
    assert "a&#124;b" in text
    table = [line for line in text.splitlines() if line.startswith("|")][:4]
    assert len({len(line) for line in table}) == 1
    assert len({line.count("|") for line in table}) == 1
    assert re.search(r"\| +\d+\.\d % \| +\d+\.\d–\d+\.\d \|", table[2])
    assert "### By language" in text


def test_parquet_has_the_columns_of_the_csv_with_types(assay: Callable[..., Said], tmp_path: Path) -> None:
    """Numbers are numbers, what is unknown is null."""
    make_run(tmp_path / "runs", make_plan(run_id="first", tasks=6), calls=False)
    said = assay("report", "first", "--format", "parquet", "--format", "csv", "--out", "tables")
    assert [Path(path).name for path in said.out.split()] == [
        "standings.parquet", "slices.parquet", "results.csv", "slices.csv",
    ]  # fmt: skip
    with duckdb.connect() as db:
        for parquet, csv in (("standings", "results"), ("slices", "slices")):
            lines = db.execute(f"DESCRIBE SELECT * FROM 'tables/{parquet}.parquet'").fetchall()
            types = {str(line[0]): str(line[1]) for line in lines}
            assert list(types) == Path(f"tables/{csv}.csv").read_text().splitlines()[0].split(",")
            assert (types["model"], types["judged"], types["accuracy"], types["built_in"], types["pass_at_10"]) == (
                "VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "DOUBLE",
            )  # fmt: skip
        rates = db.execute("SELECT pass_at_10 FROM 'tables/standings.parquet'").fetchall()
        assert rates == [(None,), (None,)]


def test_pictures_are_a_file_each(assay: Callable[..., Said], tmp_path: Path) -> None:
    """Into the run's folder `pictures`, or where it is said."""
    pytest.importorskip("vl_convert", reason="the pictures' library is not installed")
    make_run(tmp_path / "runs", make_plan(run_id="first", models=("alpha",), tasks=6))
    assert (
        Path(assay("report", "first", "--format", "svg").out.split()[0]) == tmp_path / "runs/first/pictures/board.svg"
    )
    said = assay("report", "first", "--format", "png", "--out", "elsewhere")
    assert said.out.split()[0] == "elsewhere/board.png"
    assert Path("elsewhere/tasks.png").read_bytes().startswith(b"\x89PNG")


def test_several_runs_make_one_report_over_what_they_share(assay: Callable[..., Said], tmp_path: Path) -> None:
    """In the folder `report`; a suite that only one holds is left out, and said so; none in common is refused."""
    for name in ("monday", "tuesday"):
        make_run(tmp_path / "runs", make_plan(run_id=name, tasks=8))
    make_run(tmp_path / "runs", make_plan(run_id="other", tasks=4, suite="mine"))
    both = make_plan(run_id="both", tasks=8)
    make_run(tmp_path / "runs", msgspec.structs.replace(both, suites=(*both.suites, *make_plan(suite="mine").suites)))
    said = assay("report", "monday", "tuesday")
    assert said.out.split()[0] == "report/report.html"
    page = Path("report/report.html").read_text()
    assert "monday and tuesday" in page
    assert "monday:alpha" in page
    assert "tuesday:alpha" in page
    assay("report", "monday", "both", "--format", "md")
    assert "mine is left out: only both of these runs holds it" in Path("report/report.md").read_text()
    said = assay("report", "monday", "other")
    assert (said.code, said.out) == (2, "")
    assert "no suite in common (core: monday; mine: other)" in said.err


def test_without_the_library_there_are_bars_and_a_line_that_says_so(
    assay: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page as it was, and one line for who asks for pictures."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    make_run(tmp_path / "runs", make_plan(run_id="first", tasks=6))
    assert assay("report", "first").code == 0
    page = (tmp_path / "runs/first/report.html").read_text()
    assert "<figure" not in page
    assert 'class="plot"' in page
    assert "pip install &#39;.[images]&#39;" in page
    said = assay("report", "first", "--format", "png")
    assert said.code == 2
    assert "png needs the pictures' library, which is not installed; pip install '.[images]' brings it" in said.err
