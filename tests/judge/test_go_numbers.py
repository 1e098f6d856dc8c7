"""Integers of every size on their way into Go and back."""

from __future__ import annotations

import pytest

from assay.core.judging import Ended, Job, Step
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.toolchains import find

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(isinstance(find("go"), str), reason=str(find("go"))),
]

_USUAL = """package main

import "fmt"

func Signed(n int64) int64     { return n }
func Small(n int8) int8        { return n }
func Unsigned(n uint64) uint64 { return n }
func Real(x float64) float64   { return x }
func Said(x any) string        { return fmt.Sprintf("%T %v", x, x) }
"""
_LARGE = """package main

import "math/big"

type Pair struct { A *big.Int; b big.Int }

func Echo(n *big.Int) *big.Int            { return n }
func Twice(p Pair) Pair                   { p.A.Add(p.A, p.A); return p }
func Sum(all []*big.Int) (sum big.Int)    { for _, n := range all { sum.Add(&sum, n) }; return }
"""
_WORD, _BEYOND = 1 << 63, 1 << 80


async def _results(judge: BoxJudge, source: str, *calls: tuple[str, object]) -> list[object]:
    """What each call returned, or the kinds of what it raised."""
    cases = tuple((Step("call", name, (argument,)),) for name, argument in calls)
    outcome = await judge.run(Job(language="go", files={"answer.go": source}, entry="answer.go", cases=cases))
    assert outcome.ended is Ended.DONE, outcome.log
    return [seen.raised.kinds if seen.raised else seen.returned for (seen,) in outcome.cases]


async def test_integers_fit_where_nothing_is_lost(judge: BoxJudge) -> None:
    """Each of Go's types takes what it can hold, and nothing else."""
    rows = {
        ("Signed", _WORD - 1): _WORD - 1, ("Signed", -_WORD): -_WORD, ("Signed", _WORD): ("panic",),
        ("Small", -128): -128, ("Small", 128): ("panic",),
        ("Unsigned", 2 * _WORD - 1): 2 * _WORD - 1, ("Unsigned", 2 * _WORD): ("panic",), ("Unsigned", -1): ("panic",),
        ("Real", 3): 3.0, ("Real", 2**53 + 1): 2.0**53, ("Real", -_BEYOND): -(2.0**80),
        ("Real", 10**400): float("inf"), ("Real", -(10**700)): float("-inf"),
    }  # fmt: skip
    assert await _results(judge, _USUAL, *rows) == list(rows.values())


@pytest.mark.parametrize("more", [(), (("Said", _BEYOND), ("Said", -(10**700)))], ids=["small", "large"])
async def test_where_any_value_is_taken_large_ones_are_big(
    judge: BoxJudge, more: tuple[tuple[str, object], ...]
) -> None:
    """An int as long as it is one, whatever else is asked for; beyond that a *big.Int."""
    found = await _results(judge, _USUAL, ("Said", 7), ("Said", -_WORD), *more)
    assert found == ["int 7", f"int {-_WORD}", *(f"*big.Int {value}" for _, value in more)]


async def test_the_answers_own_large_integers_go_both_ways(judge: BoxJudge) -> None:
    """By pointer, by value, in structs and in slices."""
    found = await _results(
        judge, _LARGE, ("Echo", 5), ("Echo", -(10**700)), ("Sum", [_BEYOND, 1]), ("Twice", {"A": _BEYOND, "b": 1})
    )
    assert found == [5, -(10**700), _BEYOND + 1, {"A": 2 * _BEYOND, "b": 0}]
