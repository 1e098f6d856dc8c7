"""Plain values and calls across the border, without any process between."""

from __future__ import annotations

import collections
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.judging import Step
from assay.sandboxes import wire
from assay.sandboxes.drivers import border, plain

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.sampled_from([10**400, -(7**900)])
    | st.floats(allow_nan=False) | st.text(st.characters(exclude_categories=())) | st.binary() | st.just(1j)
    | st.fractions() | st.decimals(allow_nan=False) | st.builds(range, st.integers(-9, 9), st.integers(-9, 9))
)  # fmt: skip
HASHABLE = st.recursive(SCALARS, lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3), max_leaves=4)
VALUES: st.SearchStrategy[Any] = st.recursive(
    HASHABLE,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner)
        | st.sets(HASHABLE, max_size=3)
        | st.dictionaries(HASHABLE, inner, max_size=3)
        | st.builds(collections.deque, st.lists(inner, max_size=3), st.sampled_from([None, 5]))
        | st.builds(bytearray, st.binary())
        | st.builds(collections.Counter, st.lists(HASHABLE, max_size=3))
    ),
    max_leaves=12,
)


def exactly(value: Any) -> Any:
    """Something equal only for values of the same types all the way down."""
    if isinstance(value, (list, tuple, collections.deque)):
        return (type(value), [exactly(item) for item in value])
    if isinstance(value, dict):
        return (type(value), [(exactly(key), exactly(item)) for key, item in value.items()])
    if isinstance(value, (set, frozenset)):
        return (type(value), sorted(repr(exactly(item)) for item in value))
    return (type(value), repr(value))


def there_and_back(value: Any) -> Any:
    return plain.Undresser().undress(plain.unpack(plain.pack(plain.Dresser().dress(value))))


@given(VALUES)
@settings(max_examples=150, deadline=None)
def test_every_plain_value_crosses_as_it_is(value: Any) -> None:
    """Types, order and depth of a plain value survive the border."""
    assert exactly(there_and_back(value)) == exactly(value)


@given(VALUES)
@settings(max_examples=60, deadline=None)
def test_judges_read_what_drivers_write(value: Any) -> None:
    """The bytes are in the judges' own format, both ways."""
    dressed = plain.Dresser().dress(value)
    assert wire.decode(plain.pack(dressed)) == dressed
    asked = wire.request("", [[Step("call", "f", (dressed,))]])
    assert plain.unpack(asked.data)[1][0][0][3] == [dressed]


@given(st.binary(max_size=60) | VALUES.map(lambda value: plain.pack(plain.Dresser().dress(value))[:-1]))
@settings(max_examples=200, deadline=None)
def test_nothing_else_can_come_out(data: bytes) -> None:
    """Bytes from anybody are a plain result or a foreign one, and raise nothing."""
    asked = border.Asked("f", ([1], {}), {})
    try:
        result = border.taken(asked, data)
    except Exception as error:
        pytest.fail(f"{error!r} from {data!r}")
    plain.Dresser().dress(result)


@pytest.mark.parametrize("size", [10**15, ["range", 0, 10**13, 1]])
def test_a_result_says_no_more_than_is_in_it(size: Any) -> None:
    """A few bytes that ask for a petabyte are no result, and end no process of ours."""
    assert type(plain.Undresser().undress(["bytearray", size])) is plain.Foreign


class Own(int):
    pass


@pytest.mark.parametrize(
    "value",
    [Own(3), object(), len, lambda: 0, type("K", (), {}), [{1: Own(2)}], Ellipsis, collections.UserList([1])],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_plain_is_foreign(value: Any) -> None:
    """Subclasses of plain types, functions and objects cross as nothing that a test can hold of."""
    assert plain.foreign_in(plain.Dresser().dress(value))
    got = there_and_back(value)
    while isinstance(got, (list, dict)):
        got = got[0] if isinstance(got, list) else got[1]
    for ask in (bool, len, iter, repr, hash, lambda it: it == 3, lambda it: it != 3, lambda it: it < 4):
        with pytest.raises(TypeError):
            ask(got)


def called(function: Any, *given: Any, **named: Any) -> Any:
    """One call with all its bytes, both sides in this process."""
    asked = border.Asked("f", given, named)
    return border.taken(asked, border.done(asked.data, lambda _: function))


def test_a_call_changes_its_own_arguments_and_no_copy() -> None:
    """What is inside an argument stays itself: changed in place where it was, replaced where it was replaced."""
    one, two = [1], [2]
    whole = {"a": one, "b": (two,)}

    def change(value: dict[str, Any]) -> Any:
        value["a"].append(9)
        value["b"][0][:] = [value["a"]]
        value["c"] = value.pop("a")
        return value["b"]

    result = called(change, whole)
    assert result[0] is two
    assert list(whole) == ["b", "c"]
    assert whole["c"] is one == [1, 9]
    assert two[0] is one


def test_errors_keep_the_nearest_type_of_pythons_own() -> None:
    """A class of the answer's becomes what it derives from; arguments are changed all the same."""

    class Mine(LookupError, ValueError):
        pass

    given: list[int] = []

    def fails(values: list[int]) -> None:
        values.append(1)
        raise Mine("why")

    with pytest.raises(LookupError, match="Mine: why"):
        called(fails, given)
    assert given == [1]


def test_numbers_and_texts_of_the_library_compare_as_they_should() -> None:
    """Decimal, Fraction and default dictionaries arrive as such."""
    table = collections.defaultdict(list, {1: [Decimal("1.50")]})
    got = called(lambda: (table, Fraction(2, 6)))
    assert got == ({1: [Decimal("1.5")]}, Fraction(1, 3))
    assert str(got[0][1][0]) == "1.50"
