"""The pictures: each says what it shows and how many it rests on, draws what the numbers are, and no name of a model
is in anything that a page runs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from assay.reports.matrix import Entry, Matrix
from assay.reports.pictures import against, board, differences, passes, slices, tasks, timeline
from assay.reports.pictures.drawing import drawn
from assay.reports.pictures.frame import PIXELS, Picture, shortened
from assay.reports.pictures.labels import PLACES, placed
from assay.reports.pictures.theme import style_sheet
from assay.reports.standing import Rate, Standing
from assay.reports.written import Report, read_report
from assay.store.journal import FileJournal, RunFolder
from synthetic_runs import decision, failed, make_plan, make_run, record_calls

pytest.importorskip("altair", reason="the pictures' library is not installed")

LEVEL = 0.95
NAMES = ("alpha", '<script>alert("x")</script>', "datum.value + alert(1)")


def rich_run(root: Path, *, run_id: str = "rich", begun: float = 0.0) -> RunFolder:
    """Three models of different worth and price, ten samples of each of 24 tasks."""
    plan = make_plan(models=NAMES, tasks=24, samples=10, run_id=run_id)
    plan = msgspec.structs.replace(plan, created_at=plan.created_at + begun)
    folder = RunFolder.create(root / run_id, plan)
    with FileJournal(folder) as journal:
        for number, task in enumerate(plan.suites[0].tasks):
            for worth, model in enumerate(NAMES):
                for sample in range(10):
                    right = (number + sample) % 12 < 3 + 4 * worth
                    one = decision(plan, model=model, task=task, sample=sample, **({} if right else failed()))
                    record_calls(journal, one, cost=0.001 * 10**worth if worth else None)
                    journal.decide(msgspec.structs.replace(one, latency=1.0 + worth))
    return folder


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Report:
    root = tmp_path_factory.mktemp("pictures")
    return read_report([rich_run(root), rich_run(root, run_id="again", begun=86400.0)])


def pictures_in(report: Report) -> dict[str, Picture]:
    assert report.gallery is not None
    (pictures,) = report.gallery.values()
    return {picture.name: picture for picture in pictures}


def rows_of(picture: Picture, name: str = "rows", width: Any = "wide") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = picture.spec(width)["datasets"][name]
    return rows


def standing(model: str, value: float | None, **more: Any) -> Standing:
    fields: dict[str, Any] = {
        "judged": 0 if value is None else 40,
        "ci_low": None if value is None else max(0.0, value - 0.1),
        "ci_high": None if value is None else min(1.0, value + 0.1),
    }
    return Standing(
        run="r", model=model, suite="core", tasks=40, trials=40, passed=0, missing=0, not_run=0,
        accuracy=value, **{**fields, **more},
    )  # fmt: skip


def matrix_of(score: np.ndarray[Any, Any]) -> Matrix:
    models, count = score.shape
    kind = tuple("" for _ in range(count))
    empty = np.full(score.shape, np.nan)
    return Matrix(
        suite="core", entries=tuple(Entry("r", f"m{at}") for at in range(models)),
        labels=tuple(f"a model with a long name, number {at}" for at in range(models)),
        tasks=tuple(f"t{at}" for at in range(count)), language=kind, category=kind, difficulty=kind, score=score,
        runs=np.isfinite(score).astype(float), missing=np.zeros(score.shape), cost=empty, seconds=empty,
        bounty=np.full(count, np.nan),
    )  # fmt: skip


def test_a_run_has_every_picture_that_it_has_numbers_for(rich: Report) -> None:
    """Eight kinds; each with a title, how to read it, and its n."""
    pictures = pictures_in(rich)
    assert list(pictures) == [
        "board", "cost", "latency", "differences", "slices-language", "slices-category", "pass-at-k", "tasks", "timeline",
    ]  # fmt: skip
    for picture in pictures.values():
        assert len(picture.title) > 20
        assert re.search(r"\bn\b", picture.reading), picture.reading
        assert "core" in picture.title


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_altair_finds_each_specification_valid(rich: Report, width: Any) -> None:
    """Against the schema of Vega-Lite, in both widths."""
    for picture in pictures_in(rich).values():
        picture.draw(width).chart.to_dict(validate=True)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_no_name_is_in_what_a_page_runs(rich: Report, width: Any) -> None:
    """Names of models, tasks and slices are in the data of a specification and nowhere else."""
    for picture in pictures_in(rich).values():
        spec = picture.spec(width)
        assert "alert" in json.dumps(spec.pop("datasets"))
        assert "alert" not in json.dumps(spec)


def test_files_are_drawn_without_a_browser_and_names_in_them_are_text(rich: Report) -> None:
    """PNG and SVG, both schemes; an SVG holds no script and no foreign address."""
    picture = pictures_in(rich)["board"]
    assert drawn(picture, "png", width="narrow", scheme="dark").startswith(b"\x89PNG")
    svg = drawn(picture, "svg").decode()
    assert "&lt;script&gt;" in svg
    assert "<script" not in svg
    assert "var(--" not in svg
    assert "#1b1f25" in drawn(picture, "svg", scheme="dark").decode()
    assert set(re.findall(r'(?:href|src)="([^"]*)"', svg)) == set()


def test_the_board_draws_what_the_standings_say() -> None:
    """Best first; who may be the best is marked; a model without a judged trial is named apart, never drawn at 0."""
    standings = [
        standing("low", 0.2, rank_low=3, rank_high=3, letters="b"),
        standing("top", 0.9, rank_low=1, rank_high=2, letters="a", maybe_best=True),
        standing("near", 0.85, rank_low=1, rank_high=2, letters="a", maybe_best=True),
        standing("unranked", 0.88),
        standing("nothing yet", None),
    ]
    picture = board.picture(standings, [one.model for one in standings], suite="core", level=LEVEL)
    assert picture is not None
    assert picture.title == "2 of 3 models known task by task may be the best on core"
    assert picture.apart == ("Nothing judged yet: nothing yet.",)
    rows = rows_of(picture)
    assert [(row["full"], row["kind"], row["letters"], row["rank"]) for row in rows] == [
        ("top", "best", "a·", "rank 1–2"), ("unranked", "unranked", "", ""), ("near", "best", "a·", "rank 1–2"),
        ("low", "other", "·b", "rank 3"),
    ]  # fmt: skip
    assert (rows[0]["low"], rows[0]["value"], rows[0]["high"]) == pytest.approx((0.8, 0.9, 1.0))


def test_unknown_costs_are_listed_apart(rich: Report) -> None:
    """An unknown price is no point at 0; the rest keep their dollars for each trial."""
    picture = pictures_in(rich)["cost"]
    assert {row["full"].partition(":")[2]: row["takes"] for row in rows_of(picture)} == pytest.approx(
        {NAMES[1]: 0.01, NAMES[2]: 0.1}
    )
    assert any("cost unknown" in line and "alpha" in line for line in picture.apart)
    assert against.picture([point("a", None, 0.5), point("b", 1.0, 0.5)], against.COST, suite="s", level=LEVEL) is None


def point(label: str, takes: float | None, value: float) -> against.Point:
    return against.Point(label=label, takes=takes, value=value, low=value - 0.05, high=value + 0.05, n=100)


def test_the_frontier_joins_those_that_nobody_beats() -> None:
    """Cheap and good enough, dear and best; in between the beaten one is off the line, and the axis is logarithmic."""
    points = [point("dear", 10.0, 0.9), point("beaten", 5.0, 0.4), point("cheap", 0.01, 0.5)]
    picture = against.picture(points, against.COST, suite="core", level=LEVEL)
    assert picture is not None
    assert {row["full"]: row["front"] for row in rows_of(picture)} == {"dear": True, "cheap": True, "beaten": False}
    steps = [(row["takes"], row["value"]) for row in rows_of(picture, "steps")]
    assert steps[:2] == [(0.01, 0.5), (10.0, 0.9)]
    assert '"type": "log"' in json.dumps(picture.spec("wide"))
    assert "from cheap (50 % at $0.01) to dear (90 % at $10.00)" in picture.title


def test_differences_are_blank_where_nothing_is_decided() -> None:
    """Row less column, in points."""
    difference = np.array([[0.0, 0.04, 0.3], [-0.04, 0.0, 0.26], [-0.3, -0.26, 0.0]])
    decided = np.abs(difference) > 0.1
    picture = differences.picture(["a", "b", "c"], difference, decided, suite="core", tasks=90, level=LEVEL)
    assert picture is not None
    assert picture.title == "2 of 3 pairs of models can be told apart on core"
    cells = {(row["first"], row["second"]): row["points"] for row in rows_of(picture)}
    assert (cells["a", "b"], cells["a", "c"], cells["c", "a"], cells["a", "a"]) == (None, 30.0, -30.0, None)
    assert differences.picture(["a"], difference, decided, suite="core", tasks=90, level=LEVEL) is None


def test_each_cell_of_the_heat_map_has_its_n() -> None:
    """A cell without a standing stays empty."""
    cells = {
        ("m", "go"): standing("m", 0.25),
        ("m", "rust"): standing("m", 0.75, judged=7),
        ("k", "go"): standing("k", 0.0),
    }
    picture = slices.picture(["m", "k"], cells, by="language", suite="core", level=LEVEL)
    assert picture is not None
    assert picture.title == "By language, core is hardest in go (12 % solved) and easiest in rust (75 %)"
    found = {(row["model"], row["of"]): (row["share"], row["n"]) for row in rows_of(picture)}
    assert found == {
        ("m", "go"): (0.25, "n 40"), ("m", "rust"): (0.75, "n 7"), ("k", "go"): (0.0, "n 40"), ("k", "rust"): (None, ""),
    }  # fmt: skip


def test_pass_at_k_runs_through_every_k(rich: Report) -> None:
    """From one try to as many as every task has; one sample gives no curve."""
    rows = [row for row in rows_of(pictures_in(rich)["pass-at-k"]) if row["full"] == f"rich:{NAMES[2]}"]
    assert [row["k"] for row in rows] == list(range(1, 11))
    values = [row["value"] for row in rows]
    assert values == sorted(values)
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows)
    one = passes.Curve(label="a", tasks=5, at={1: Rate(0.5, 0.2, 0.8)})
    assert passes.picture([one], suite="core", level=LEVEL) is None


def test_tasks_stand_by_difficulty_and_gaps_stay_gaps() -> None:
    """Hardest left, best model on top; what was not judged is no cell."""
    score = np.array([[1.0, 0.0, 1.0, 1.0], [0.0, 0.0, np.nan, 1.0]])
    picture = tasks.picture(matrix_of(score), suite="core")
    assert picture is not None
    assert picture.title == "Of 4 tasks of core, 1 are solved by nobody and 2 by everybody"
    solved = [(row["model"][-1], row["task"], row["from"]) for row in rows_of(picture)]
    assert solved == [("0", "t0", 1), ("0", "t2", 2), ("0", "t3", 3), ("1", "t3", 3)]
    judged = [(row["name"][-1], row["from"], row["to"]) for row in rows_of(picture, "judged")]
    assert judged == [("0", 0, 4), ("1", 0, 2), ("1", 3, 4)]


def test_repeated_runs_stand_on_a_time_axis(rich: Report) -> None:
    """A line for each model, a moment for each run; a single run has none."""
    rows = rows_of(pictures_in(rich)["timeline"])
    assert {row["run"] for row in rows} == {"rich", "again"}
    assert {row["full"] for row in rows} == set(NAMES)
    assert len({row["at"] for row in rows}) == 2
    only = timeline.Moment(label="a", run="r", at=0.0, value=0.5, low=0.4, high=0.6, n=9)
    assert timeline.picture([only], suite="core", level=LEVEL) is None


def test_134_models_on_400_tasks_stay_readable() -> None:
    """Cells are shared or cut, the cut is said, and no picture becomes a page that nobody can open."""
    score = (np.random.default_rng(3).random((134, 400)) < np.linspace(0.9, 0.1, 134)[:, None]).astype(float)
    matrix = matrix_of(score)
    labels = list(matrix.labels)
    means = score.mean(axis=1)
    difference = means[:, None] - means
    standings = [standing(label, float(mean)) for label, mean in zip(labels, means, strict=True)]
    cells = {(label, f"category {at}"): one for label, one in zip(labels, standings, strict=True) for at in range(20)}
    drawn_here = [
        board.picture(standings, labels, suite="core", level=LEVEL),
        differences.picture(labels, difference, np.abs(difference) > 0.05, suite="core", tasks=400, level=LEVEL),
        slices.picture(labels, cells, by="category", suite="core", level=LEVEL),
        tasks.picture(matrix, suite="core"),
    ]
    for picture in drawn_here:
        assert picture is not None
        for width in PIXELS:
            rows = rows_of(picture, width=width)
            assert len(rows) <= 15_000
            names = [str(row.get("name", row.get("row"))) for row in rows]
            assert len(set(names)) in (134, 40, 12), picture.name
            assert max(map(len, names)) <= 50
        if picture.name != "board":
            assert picture.cut or picture.apart
    assert drawn_here[1] is not None
    assert drawn_here[1].cut["narrow"] == ("The first 12 of 134 models.",)


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_all_solved_and_none_solved_can_be_drawn(tmp_path: Path, chance: float) -> None:
    """Every picture of such a run, and of one with a single model, makes a file."""
    for models in (("alpha",), ("alpha", "beta")):
        folder = make_run(tmp_path / str(len(models)), make_plan(models=models, tasks=6), chance=chance)
        for picture in pictures_in(read_report([folder])).values():
            assert drawn(picture, "svg").startswith(b"<svg")


def test_names_are_shortened_in_the_middle_and_stay_different() -> None:
    """Both ends say something, and two models never share a row."""
    long = [f"vendor/a-model-with-a-very-long-name-{number}-of-some-date-2025-01-01" for number in range(3)]
    short = shortened(long, 24)
    assert len(set(short)) == 3
    assert all(len(name) <= 24 for name in short)
    crowd = [f"vendor-{n % 9}/family-{n % 13}-with-a-long-name-{n}-2025-01-0{n % 9}" for n in range(134)]
    assert all(len(set(shortened(crowd, limit))) == 134 for limit in (17, 28, 46))
    assert shortened(["two\nlines\tof  text"], 40) == ["two lines of text"]


def test_labels_lie_on_no_other() -> None:
    """Where there is no room a name is left out."""
    found = placed(
        [(50.0, 50.0), (52.0, 50.0), (300.0, 50.0)], ["a" * 6, "b" * 6, "c"], line=[False] * 3, size=(320.0, 60.0)
    )
    assert found[0] is not None
    assert found[0] != found[1]
    assert placed([(5.0, 5.0)], ["x" * 90], line=[True], size=(100.0, 10.0)) == [None]
    assert len(PLACES) == 8


def test_each_named_colour_is_there_in_both_schemes() -> None:
    """A page that prefers dark lacks none."""
    light, dark = style_sheet().split("@media")
    assert re.findall(r"--p-[\w-]+", light) == re.findall(r"--p-[\w-]+", dark)
