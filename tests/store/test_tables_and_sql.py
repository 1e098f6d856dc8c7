"""Tables over journals: the same sums as counting by hand, whatever state the files are in; and a query
that can read and do nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assay.core.errors import UserError
from assay.core.trial import CallEvent, Decision, Status
from assay.store.columns import REPLIES, TRIALS
from assay.store.journal import FileJournal, RunFolder
from assay.store.query import query
from assay.store.tables import Tables
from synthetic_runs import decision, failed, lost, make_plan, make_run


def test_every_field_has_a_declared_column() -> None:
    """The columns are those of the records, in their order."""
    assert tuple(TRIALS) == Decision.__struct_fields__
    assert tuple(REPLIES) == CallEvent.__struct_fields__


def test_scores_are_what_counting_by_hand_gives(tmp_path: Path) -> None:
    """Passed, judged, planned, missing, accuracy, worst and best of each entrant."""
    plan = make_plan(tasks=4, samples=2)
    folder = RunFolder.create(tmp_path / "run", plan)
    task = plan.suites[0].tasks
    with FileJournal(folder) as journal:
        for sample in (0, 1):
            journal.decide(decision(plan, model="alpha", task=task[0], sample=sample))
            journal.decide(decision(plan, model="alpha", task=task[1], sample=sample, **failed()))
        journal.decide(decision(plan, model="alpha", task=task[2], sample=0))
        journal.decide(decision(plan, model="alpha", task=task[2], sample=1, **lost()))
    answer = query([folder], "SELECT * FROM scores ORDER BY model")
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    alpha, beta = rows
    assert (alpha["passed"], alpha["judged"], alpha["planned"], alpha["missing"]) == (3, 5, 8, 1)
    assert alpha["accuracy"] == pytest.approx((1 + 0 + 1) / 3)
    assert alpha["worst"] == pytest.approx((1 + 0 + 0.5) / 3)
    assert alpha["best"] == pytest.approx((1 + 0 + 1) / 3)
    assert (beta["judged"], beta["planned"], beta["accuracy"]) == (0, 8, None)


def test_trials_hold_the_latest_line_and_decisions_all(tmp_path: Path) -> None:
    """A lost trial that was retried counts once, as what it became."""
    plan = make_plan(models=("alpha",), tasks=1)
    folder = RunFolder.create(tmp_path / "run", plan)
    task = plan.suites[0].tasks[0]
    with FileJournal(folder) as journal:
        journal.decide(decision(plan, model="alpha", task=task, **lost()))
        journal.decide(decision(plan, model="alpha", task=task, revision=1, because="retried"))
    assert query([folder], "SELECT status, because FROM trials").rows == [("passed", "retried")]
    assert query([folder], "SELECT count(*) FROM decisions").rows == [(2,)]
    assert query([folder], "SELECT judged, missing FROM scores").rows == [(1, 0)]


def test_torn_and_damaged_files_are_read_around(tmp_path: Path) -> None:
    """Bad lines are counted and named by file and number; an unfinished last line is no error."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=5))
    lines = folder.trials.read_bytes().splitlines(keepends=True)
    folder.trials.write_bytes(lines[0] + b"garbage\n\n" + b"".join(lines[1:]) + b'{"model":1}\n' + b'{"model":"al')
    with folder.replies.open("ab") as file:
        file.write(b"[1, 2]\n{")
    answer = query([folder], "SELECT (SELECT count(*) FROM trials), (SELECT count(*) FROM replies)")
    assert answer.rows == [(5, 10)]
    assert answer.bad_count == 3
    assert [(line.path.name, line.number) for line in answer.bad_lines] == [
        ("trials.jsonl", 2),
        ("trials.jsonl", 8),
        ("replies.jsonl", 11),
    ]


def test_a_last_line_that_lacks_only_its_newline_is_not_read(tmp_path: Path) -> None:
    """Readers stop at the last newline, even where what follows would make sense."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=3))
    folder.trials.write_bytes(folder.trials.read_bytes()[:-1])
    answer = query([folder], "SELECT count(*) FROM trials")
    assert (answer.rows, answer.bad_count) == ([(2,)], 0)


def test_a_huge_answer_is_read(tmp_path: Path) -> None:
    """A line beyond the usual buffer costs a second pass, not the run."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=2), calls=False)
    one = next(folder.decisions())
    task = folder.plan.suites[0].tasks[1]
    with FileJournal(folder) as journal:
        journal.decide(decision(folder.plan, model="alpha", task=task, sample=1, completion="x" * (40 << 20)))
    assert query([folder], "SELECT max(length(completion)) FROM trials").rows == [(40 << 20,)]
    assert query([folder], "SELECT count(*) FROM trials").rows == [(3,)]
    assert one.status is Status.PASSED


def test_an_empty_run_has_scores_without_numbers(tmp_path: Path) -> None:
    """Before the first decision all that is known is what is planned."""
    folder = RunFolder.create(tmp_path / "run", make_plan(models=("alpha",), tasks=3))
    assert query([folder], "SELECT judged, planned, accuracy FROM scores").rows == [(0, 3, None)]
    assert query([folder], "FROM trials").rows == []


def test_several_runs_stand_side_by_side(tmp_path: Path) -> None:
    """Each row says which run it is of, also where two runs have one name."""
    one = make_run(tmp_path, make_plan(run_id="it's", tasks=2))
    two = make_run(tmp_path / "other", make_plan(run_id="it's", tasks=3))
    rows = query([one, two], "SELECT run, sum(planned) FROM scores GROUP BY run ORDER BY 2").rows
    assert rows == [("it's", 4), (str(two.path), 6)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT model, count(*) FROM trials GROUP BY 1",
        "FROM scores",
        "DESCRIBE trials",
        "SUMMARIZE scores",
        "WITH t AS (SELECT * FROM replies) SELECT count(*) FROM t",
        "SELECT usage.input, tests.failed, detail->>'call' FROM trials",
        "EXPLAIN SELECT 1",
        "PIVOT trials ON status USING count(*) GROUP BY model",
    ],
)
def test_what_reads_is_answered(tmp_path: Path, sql: str) -> None:
    """Anything that only reads works, DuckDB's own short forms included."""
    folder = make_run(tmp_path, make_plan(tasks=3), chance=0.5)
    assert query([folder], sql).rows


@pytest.mark.parametrize(
    "sql",
    [
        "COPY trials TO '{out}'",
        "COPY (SELECT 1) TO '{out}'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_json('{trials}')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/etc/*')",
        "ATTACH '{out}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access=true",
        "SET threads=1",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "EXPORT DATABASE '{out}'",
        "CREATE TABLE t AS SELECT 1",
        "DELETE FROM decisions",
        "EXPLAIN ANALYZE COPY trials TO '{out}'",
        "SELECT * FROM query('COPY trials TO ''{out}''')",
        "SELECT 1; SELECT 2",
        "SELECT getenv('HOME')",
        "SELECT folder FROM trials",
        "SELEC",
        "",
    ],
)
def test_what_does_not_read_is_refused_in_one_line(tmp_path: Path, sql: str) -> None:
    """Nothing can be written, opened, loaded or set; the journal stays as it was."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=1))
    out = tmp_path / "out"
    before = folder.trials.read_bytes()
    with pytest.raises(UserError) as refused:
        query([folder], sql.format(out=out, trials=folder.trials))
    assert len(str(refused.value).splitlines()) == 1
    assert not out.exists()
    assert folder.trials.read_bytes() == before


def test_python_variables_are_no_tables(tmp_path: Path) -> None:
    """A query sees the run, not the program that asks."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=1))
    with pytest.raises(UserError, match="folders"):
        query([folder], "SELECT * FROM folders")


def test_spent_adds_up_failed_and_repeated_calls(tmp_path: Path) -> None:
    """Every physical call is in the sum; one of unknown cost makes the sum unknown."""
    plan = make_plan(models=("alpha",), tasks=3)
    folder = RunFolder.create(tmp_path / "run", plan)
    call: dict[str, Any] = {"at": 1.0, "model": "alpha"}
    with FileJournal(folder) as journal:
        for cost in (0.5, 0.25):
            journal.call(CallEvent(call_id=f"a{cost}", trial_id="a", event="sent", worst_usd=1.0, **call))
            journal.call(
                CallEvent(
                    call_id=f"a{cost}", trial_id="a", event="answered", cost_usd=cost, cost_source="priced", **call
                )
            )
        journal.call(CallEvent(call_id="b", trial_id="b", event="sent", worst_usd=1.0, **call))
        journal.call(CallEvent(call_id="b", trial_id="b", event="failed", cost_source="unknown", **call))
        journal.call(CallEvent(call_id="c", trial_id="c", event="sent", worst_usd=2.0, **call))
    with Tables([folder]) as tables:
        found = tables.rows("SELECT trial_id, sent, ended, cost_usd, cost_unknown, worst_usd FROM spent ORDER BY 1")[1]
    assert found == [("a", 2, 2, 0.75, False, 1.0), ("b", 1, 1, None, True, 1.0), ("c", 1, 0, None, False, 2.0)]
