"""The wire: what is written is read back, and nothing hostile does more than fail to be read."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.judging import Opaque, Step
from assay.sandboxes import wire

_ATOMS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(2**5000), max_value=2**5000)
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.builds(Opaque, st.text(max_size=20))
)
_KEYS = st.integers() | st.text() | st.tuples(st.text(), st.integers())
_VALUES = st.recursive(
    _ATOMS,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(_KEYS, inner) | st.sets(_KEYS),
    max_leaves=30,
)


@given(_VALUES)
def test_every_value_comes_back(value: Any) -> None:
    """Reading what was written gives the same value of the same types."""
    back = wire.decode(wire.encode(value))
    assert back == value
    assert type(back) is type(value)


def test_a_float_that_is_no_number_comes_back() -> None:
    """NaN survives the journey."""
    assert math.isnan(wire.decode(wire.encode(math.nan)))


@given(st.binary(max_size=200))
def test_garbage_raises_one_error_only(data: bytes) -> None:
    """Whatever the bytes are, the reader fails with WireError or gives a value."""
    reader = wire.Reader(data)
    try:
        while not reader.ended:
            reader.value()
    except wire.WireError:
        return


@given(_VALUES, st.data())
def test_damage_raises_one_error_only(value: Any, data: st.DataObject) -> None:
    """A good message that was cut or changed is read or refused, no more."""
    good = bytearray(wire.encode([value]))
    place = data.draw(st.integers(0, len(good) - 1))
    good[place] = data.draw(st.integers(0, 255))
    for damaged in (bytes(good), bytes(good[:place])):
        try:
            wire.decode(damaged)
        except wire.WireError:
            continue


_COLLIDING = 2**61 - 1


@pytest.mark.parametrize(
    "hostile",
    [
        b"l999999999999\n",
        b"l1\n" * 100_000,
        b"S1\n" * 300,
        b"s99999999999\nabc",
        b"i" + b"9" * 100_000 + b"\n",
        b"x" + b"f" * 5_000_000,
        b"x1_0\n",
        b"f1_0\n",
        b"f 1\n",
        b"b2\n",
        b"q\n",
        b"l900000\n" + b"S0\n" * 900_000,
    ],
    ids=lambda data: repr(data[:12]),
)
def test_hostile_bytes_are_refused(hostile: bytes) -> None:
    """Announced lengths, endless nesting, huge numbers and chosen hashes cost no time to speak of."""
    with pytest.raises(wire.WireError):
        wire.decode(hostile)


@pytest.mark.parametrize(
    ("hostile", "said"),
    [
        (b"S20000\n" + b"".join(b"x%x\n" % (n * _COLLIDING) for n in range(20_000)), "keys chosen to share one hash"),
        (
            b"m20000\n" + b"".join(b"x%x\nn\n" % (n * _COLLIDING) for n in range(20_000)),
            "keys chosen to share one hash",
        ),
        (b"S2\nl1\ni1\nl1\ni1\n", "a set with an element twice"),
        (b"S2\ni1\nb1\n", "a set with an element twice"),
        (b"m2\ni1\nn\ni1\ni5\n", "a map with a key twice"),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_what_no_set_can_hold_equals_nothing(hostile: bytes, said: str) -> None:
    """To keep one of two equal elements would be to mend the answer; keys with one hash would cost us hours."""
    assert wire.decode(hostile) == Opaque(said)


def test_a_result_of_any_depth_can_be_asked_about() -> None:
    """What was read can be sent on to a checker: no answer makes a question that cannot be put."""
    asked = wire.request("a", ((Step("call", "f"),),))
    deep = b"l1\n" * (wire.DEPTH - 1) + b"n\n"
    data = b"l4\n" + wire.encode(asked.nonces[0][0]) + b"s1\nr" + deep + b"l0\n"
    found = wire.results(data, asked, ((Step("call", "f"),),))
    assert found.ending == "whole"
    assert wire.request("checker", ((Step("call", "check", ((), found.cases[0][0].returned)),),)).data


@pytest.mark.parametrize("value", [object(), "\ud800", [1, {2: object()}]])
def test_what_cannot_travel_is_refused(value: Any) -> None:
    """A value without a form on the wire is named, not guessed at."""
    with pytest.raises(wire.WireError):
        wire.encode(value)


_CASES = ((Step("call", "f", ([1],)),), (Step("call", "g"), Step("call", "h")))


def _answered(asked: wire.Request, *said: list[Any]) -> bytes:
    nonces = [nonce for case in asked.nonces for nonce in case]
    return b"".join(wire.encode([nonce, *words]) for nonce, words in zip(nonces, said, strict=False))


_RETURNED = ["r", 1, []]


@pytest.mark.parametrize(
    ("said", "more", "ending", "whole"),
    [
        ([_RETURNED, _RETURNED, _RETURNED], b"", "whole", 2),
        ([_RETURNED, _RETURNED], b"", "short", 1),
        ([_RETURNED, _RETURNED], b"l4\ns16\n0123", "garbage", 1),
        ([_RETURNED, _RETURNED], b"l4\ns16\n", "short", 1),
        ([_RETURNED, _RETURNED, _RETURNED], b"n\n", "garbage", 2),
        ([_RETURNED], b"l4\ns16\n0123456789abcdefs1\nri42\nl0\n", "garbage", 1),
        ([_RETURNED, ["r", 1, [[5, 1]]]], b"", "garbage", 1),
        ([["e", ["A"], "message", []], _RETURNED, _RETURNED], b"", "whole", 2),
        ([_RETURNED, _RETURNED, _RETURNED], wire.encode(["noticed", "patched_builtins"]), "whole", 2),
        ([_RETURNED, _RETURNED, _RETURNED], wire.encode(["noticed", "in_process"]), "garbage", 2),
        ([_RETURNED, _RETURNED, _RETURNED], wire.encode(["noticed", "touched_driver"]) * 2, "garbage", 2),
    ],
)
def test_results_are_believed_as_far_as_they_were_asked_for(
    said: list[list[Any]], more: bytes, ending: str, whole: int
) -> None:
    """Nonces in order, nothing beside them, nothing after them."""
    asked = wire.request("answer.py", _CASES)
    found = wire.results(_answered(asked, *said) + more, asked, _CASES)
    assert (found.ending, len(found.cases)) == (ending, whole)


def test_arguments_come_back_where_they_changed() -> None:
    """What the driver does not mention is as it was given."""
    cases = ((Step("call", "f", ([1], "b", {"c": 1})),),)
    asked = wire.request("answer.py", cases)
    found = wire.results(_answered(asked, ["r", None, [[0, [1, 2]]]]), asked, cases)
    assert found.cases[0][0].args_after == ([1, 2], "b", {"c": 1})


def test_nonces_are_fresh() -> None:
    """Two requests for the same cases share no nonce."""
    first, second = wire.request("a", _CASES), wire.request("a", _CASES)
    assert not {n for case in first.nonces for n in case} & {n for case in second.nonces for n in case}
