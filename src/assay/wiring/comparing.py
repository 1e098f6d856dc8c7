"""`assay compare`, put together: names → entrants → may they be compared → pairs, ranks, gate."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import msgspec

from assay.config.gate import Bound
from assay.core.errors import UserError
from assay.core.names import did_you_mean
from assay.reports.comparable import remarks
from assay.reports.compared import Compared, OnSuite
from assay.reports.comparison import Pair, compare_two, order_by_score, rows_of
from assay.reports.gating import Checked, check, false_alarms, verdict
from assay.reports.matrix import Matrix, read_matrix, suites_of
from assay.reports.ranking import Ranking, rank
from assay.store.tables import Tables
from assay.wiring.picking import Picked, pick
from assay.wiring.session import runs_root


def compare_named(
    names: Sequence[str],
    *,
    among: Sequence[str] = (),
    suites: Sequence[str] = (),
    bounds: Sequence[Bound] = (),
    anyway: bool = False,
    check_itself: bool = False,
    level: float = 0.95,
) -> Compared:
    """Every suite that at least two of the named entrants have trials of."""
    picked = pick(runs_root(), names, among=among)
    if len(picked) < 2:
        raise UserError(f"{picked[0].spelling} is alone: name a second model, or a run that holds several")
    if bounds and len(picked) != 2:
        raise UserError(f"a gate is about two entrants, the baseline and the candidate; {len(picked)} were named")
    folders = list({one.folder.path: one.folder for one in picked}.values())
    with Tables(folders, load=("standings", "provenance", "spent")) as tables:
        labels = dict(zip((folder.path for folder in folders), tables.runs, strict=True))
        wanted = [(labels[one.folder.path], one.model) for one in picked]
        notes: list[str] = []
        found: list[OnSuite] = []
        for suite in _suites(tables, suites):
            matrix = read_matrix(tables, suite)
            rows = rows_of(matrix, wanted)
            if len(rows) < 2:
                continue
            matrix = matrix.rows(rows)
            remarked = _comparable(tables, matrix, anyway=anyway)
            on_suite = _on_suite(tables, matrix, bounds, check_itself=check_itself, level=level)
            if on_suite.pairs:
                notes += remarked
                found.append(on_suite)
        if not found:
            raise UserError(_nothing_shared(tables, picked))
        checked = [one for on in found for one in on.checked]
        return Compared(
            suites=tuple(found),
            notes=tuple(dict.fromkeys(notes)),
            gate=verdict(checked) if bounds else None,
            level=level,
        )


def _suites(tables: Tables, wanted: Sequence[str]) -> list[str]:
    known = suites_of(tables)
    for name in wanted:
        if name not in known:
            raise UserError(f"no trial of suite {name!r} in these runs: {did_you_mean(name, known)}")
    return list(wanted) or known


def _comparable(tables: Tables, matrix: Matrix, *, anyway: bool) -> list[str]:
    found = remarks(tables, matrix.suite, matrix.entries)
    deciding = [one.text for one in found if one.decides]
    if deciding and not anyway:
        more = f" (and {len(deciding) - 1} more)" if len(deciding) > 1 else ""
        raise UserError(
            f"{matrix.suite}: these were not judged alike: {deciding[0]}{more}; --anyway compares them all the same"
        )
    return [
        *(f"compared anyway: {text}" for text in deciding),
        *(one.text for one in found if not one.decides),
    ]


def _on_suite(tables: Tables, matrix: Matrix, bounds: Sequence[Bound], *, check_itself: bool, level: float) -> OnSuite:
    ranking = rank(matrix, tables.runs, level=level) if len(matrix.entries) > 2 else None
    order = range(2) if len(matrix.entries) == 2 else order_by_score(matrix).tolist()
    pairs = [compare_two(matrix, one, other, level=level) for one, other in combinations(order, 2)]
    checked: tuple[Checked, ...] = tuple(check(matrix, 0, 1, bounds)) if bounds else ()
    return OnSuite(
        suite=matrix.suite,
        pairs=tuple(_corrected(pair, ranking) for pair in pairs if pair is not None),
        ranking=ranking,
        checked=checked,
        false_alarms=false_alarms(matrix, 0, 1, bounds) if check_itself else None,
    )


def _corrected(pair: Pair, ranking: Ranking | None) -> Pair:
    """With its p value among all pairs, where there are several."""
    if ranking is None:
        return pair
    at = {one.label: number for number, one in enumerate(ranking.ranks)}
    if pair.first not in at or pair.second not in at:
        return pair
    p = ranking.p_adjusted[at[pair.first]][at[pair.second]]
    return msgspec.structs.replace(pair, apart=msgspec.structs.replace(pair.apart, p_adjusted=p))


def _nothing_shared(tables: Tables, picked: Sequence[Picked]) -> str:
    _, rows = tables.rows("SELECT DISTINCT model, suite FROM cells WHERE judged > 0 ORDER BY model, suite")
    of = {one.model: [str(suite) for model, suite in rows if model == one.model] for one in picked}
    said = "; ".join(f"{model}: {', '.join(suites) or 'nothing judged'}" for model, suites in of.items())
    return f"they have no suite in common with trials of single tasks ({said})"
