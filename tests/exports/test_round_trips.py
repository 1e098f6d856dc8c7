"""What is written in another form and read back is what it was."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import pytest
from exported_runs import runs, write_run
from hypothesis import HealthCheck, given, settings

from assay.core.errors import UserError
from assay.core.trial import Decision
from assay.exchange.exports import FORMS, exporter_of, place_for
from assay.exchange.imports import reader_of
from assay.exchange.imports.writer import write_run as write_imported
from assay.reports.summary import summarise
from assay.store.columns import TRIALS
from assay.store.journal import RunFolder
from assay.store.tables import Tables

_WITHOUT_MISSING = ("lm-eval",)
"""Forms that know no missing trial."""


def _back(form: str, folder: RunFolder, root: Path) -> RunFolder:
    place = root / f"out.{form}"
    exporter_of(form)(folder, place)
    notes: list[str] = []
    return write_imported(root / "runs", f"back-{form}", reader_of(form)(place, notes.append), tool=form).folder


def _expected(form: str, folder: RunFolder) -> dict[str, Decision]:
    held = folder.latest()
    if form in _WITHOUT_MISSING:
        return {key: one for key, one in held.items() if one.score is not None}
    return held


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(decisions=runs())
def test_the_same_decisions_come_back(form: str, decisions: list[Decision]) -> None:
    """Every field of the latest decision of every trial survives export and import, whatever it holds."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = write_run(Path(scratch), decisions)
        expected = _expected(form, folder)
        if not expected:
            return
        back = _back(form, folder, Path(scratch)).latest()
        assert set(back) == set(expected)
        for trial_id, one in expected.items():
            if one.completion is None and form in _WITHOUT_MISSING:
                continue  # an answer that is absent and one that is empty look the same there
            assert back[trial_id] == one


@pytest.mark.parametrize("form", ["csv", "parquet", "inspect", "openai-evals"])
@settings(max_examples=2, deadline=None)
@given(decisions=runs())
def test_the_board_stays_as_it_was(form: str, decisions: list[Decision]) -> None:
    """Scores, intervals and ranges of an exported run are those of the import."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = write_run(Path(scratch), decisions)
        back = _back(form, folder, Path(scratch))
        boards = []
        for one in (folder, back):
            with Tables([one]) as tables:
                lines = summarise(tables).standings
            numbers = [(s.judged, s.missing, s.accuracy, s.ci_low, s.worst, s.best) for s in lines]
            # Sums over trials in another order differ in their last digits.
            rounded = [[None if n is None else round(n, 12) for n in row] for row in numbers]
            boards.append({(s.model, s.suite): row for s, row in zip(lines, rounded, strict=True)})
        assert boards[0] == boards[1]


@settings(max_examples=1, deadline=None)
@given(decisions=runs())
def test_csv_has_a_line_for_each_trial(decisions: list[Decision]) -> None:
    """Any reader of CSV finds the columns of trials.jsonl and one row for each trial."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = write_run(Path(scratch), decisions)
        place = Path(scratch) / "out.csv"
        exporter_of("csv")(folder, place)
        with place.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == list(TRIALS)
        assert len(rows) == 1 + len(folder.latest())


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A place that holds something already is refused."""
    (tmp_path / "mine.csv").write_text("precious")
    with pytest.raises(UserError, match="exists"):
        place_for("csv", RunFolder(tmp_path / "run"), tmp_path / "mine.csv")
    with pytest.raises(UserError, match="no such folder"):
        place_for("csv", RunFolder(tmp_path / "run"), tmp_path / "absent" / "mine.csv")
    with pytest.raises(UserError, match="csv is one file"):
        place_for("csv", RunFolder(tmp_path / "run"), tmp_path)


def test_a_changed_score_is_believed(tmp_path: Path) -> None:
    """Where somebody has changed a score in the exported file, the import has the new one."""
    import msgspec

    from synthetic_runs import make_plan, make_run

    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=2), chance=1.0)
    (path,) = exporter_of("openai-evals")(folder, tmp_path / "out")
    path.write_bytes(path.read_bytes().replace(b'"correct":true', b'"correct":false', 1))
    notes: list[str] = []
    back = write_imported(tmp_path / "runs", "back", reader_of("openai-evals")(path, notes.append), tool="openai-evals")
    assert sorted(one.score or 0.0 for one in back.folder.latest().values()) == [0.0, 1.0]
    assert any("its report says 1, its samples make 0.5" in note for note in notes)
    assert msgspec.json.encode(back.plan)
