"""The words between judge and driver: typed values as bytes, requests going in, results coming out.

Every value is one tag, a short text, a line feed, and what the text announces:

    n  null          b1  b0  booleans        i-12  an integer in decimal     x-1f  the same in hexadecimal
    f0.5  fnan  finf  f-inf  a float         s3 + 3 bytes of text            y3 + 3 raw bytes
    l2  t2  S2  a list, tuple, set of 2 values that follow                   m2  a map: 2 keys and values
    o4 + 4 bytes: the name of a type that cannot travel

It knows nothing of languages, boxes or expected values. What it reads back was written by hostile code:
reading takes linear time, bounded memory and depth, and fails with WireError alone.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from assay.core.flags import BY_DRIVERS
from assay.core.judging import Opaque, Raised, Seen, Step

DEPTH = 200
"""How deep values may nest."""
_WRAPPED = 6
"""Levels that a request puts around its arguments: what came back as a result can be sent to a checker."""
_DECIMAL_DIGITS = 640
"""Longer integers travel in hexadecimal, which every language reads in linear time."""
_HEADER = 2048
_HEXADECIMAL_DIGITS = 4_000_000
_SAME_HASH = 64
"""So many different keys with one hash are an attack on us, not an answer."""
_ROOM = 4_000_000
"""Plain values that all results of a job may hold; a list counts for two more, a map or a set for six. Python
keeps each in some forty bytes, however short it was on the way: 64 MiB of empty sets would become 5 GiB."""


class WireError(ValueError):
    """Raised for bytes that are no value of this format."""


class TooMuch(WireError):
    """Raised for more values than anybody asked for."""


class Truncated(WireError):
    """Raised when the bytes end inside a value: whoever wrote them was stopped."""


# Writing ------------------------------------------------------------------------------------------------


def encode(value: Any, *, wrapped: int = 0) -> bytes:
    """The bytes of one plain value, within `wrapped` levels of ours; WireError for what the format cannot carry."""
    out: list[bytes] = []
    _write(value, out, -wrapped)
    return b"".join(out)


def _write(value: Any, out: list[bytes], depth: int) -> None:
    if depth > DEPTH:
        raise WireError(f"a value nests deeper than {DEPTH}")
    if value is None:
        out.append(b"n\n")
    elif value is True or value is False:
        out.append(b"b1\n" if value else b"b0\n")
    elif isinstance(value, int):
        out.append(_integer(value))
    elif isinstance(value, float):
        out.append(b"f%s\n" % repr(value).encode())
    elif isinstance(value, str):
        try:
            out.append(_lengthy(b"s", value.encode()))
        except UnicodeEncodeError as error:
            raise WireError(f"text that is no Unicode: {error.reason}") from error
    elif isinstance(value, (bytes, bytearray)):
        out.append(_lengthy(b"y", bytes(value)))
    elif isinstance(value, Opaque):
        out.append(_lengthy(b"o", value.type_name.encode("utf-8", "replace")))
    else:
        _write_container(value, out, depth)


def _write_container(value: Any, out: list[bytes], depth: int) -> None:
    if isinstance(value, dict):
        out.append(b"m%d\n" % len(value))
        for key, item in value.items():
            _write(key, out, depth + 1)
            _write(item, out, depth + 1)
        return
    for kind, tag in ((list, b"l"), (tuple, b"t"), (set, b"S"), (frozenset, b"S")):
        if isinstance(value, kind):
            out.append(tag + b"%d\n" % len(value))
            for item in value:
                _write(item, out, depth + 1)
            return
    raise WireError(f"a {type(value).__name__} cannot travel")


def _integer(value: int) -> bytes:
    if value.bit_length() <= 2 * _DECIMAL_DIGITS:
        return b"i%d\n" % value
    return b"x%s\n" % f"{value:x}".encode()


def _lengthy(tag: bytes, data: bytes) -> bytes:
    return b"%s%d\n%s" % (tag, len(data), data)


# Reading ------------------------------------------------------------------------------------------------


class Reader:
    """Reads values one after the other from bytes that may have been written by anybody."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._room = _ROOM

    @property
    def ended(self) -> bool:
        return self._at >= len(self._data)

    def begins(self, *heads: bytes) -> bool:
        """What comes next is one of these, or as much of it as there is."""
        for head in heads:
            rest = self._data[self._at : self._at + len(head)]
            if head.startswith(rest):
                return True
        return False

    def value(self) -> Any:
        """The next value; WireError and nothing else where there is none."""
        return self._value(0)

    def _value(self, depth: int) -> Any:
        if depth > DEPTH:
            raise WireError(f"a value nests deeper than {DEPTH}")
        self._take_room(1)
        tag, text = self._header()
        simple = _SIMPLE.get((tag, text))
        if simple is not None:
            return simple[0]
        if tag in (b"i", b"x"):
            return _read_integer(tag, text)
        if tag == b"f":
            return _read_float(text)
        count = _read_count(text)
        if tag in _BYTES:
            return self._bytes(tag, count)
        if tag in _CONTAINERS:
            return self._container(tag, count, depth)
        raise WireError(f"unknown tag {tag!r}")

    def _take_room(self, size: int) -> None:
        self._room -= size
        if self._room < 0:
            raise TooMuch("more values than anybody asked for")

    def _header(self) -> tuple[bytes, bytes]:
        start = self._at
        if start >= len(self._data):
            raise Truncated("the bytes end where a value should begin")
        tag = self._data[start : start + 1]
        most = start + 1 + (_HEXADECIMAL_DIGITS if tag == b"x" else _HEADER)
        end = self._data.find(b"\n", start + 1, most)
        if end < 0:
            if tag == b"x" and most < len(self._data):
                raise TooMuch("an integer of more digits than anybody asked for")
            if most < len(self._data) or tag not in _TAGS:
                raise WireError("a value's first line does not end")
            raise Truncated("the bytes end inside a value's first line")
        self._at = end + 1
        return tag, self._data[start + 1 : end]

    def _bytes(self, tag: bytes, count: int) -> Any:
        end = self._at + count
        if end > len(self._data):
            raise Truncated("the bytes end inside a text")
        data = self._data[self._at : end]
        self._at = end
        if tag == b"y":
            return data
        if tag == b"o":
            return Opaque(data.decode("utf-8", "replace")[:200])
        try:
            return data.decode()
        except UnicodeDecodeError:
            return data  # C++ and Go texts are bytes; those that are no UTF-8 are not made into something else

    def _container(self, tag: bytes, count: int, depth: int) -> Any:
        each = 2 if tag == b"m" else 1
        self._take_room(2 if tag in (b"l", b"t") else 6)
        items: list[Any] = []
        for _ in range(count * each):  # ends early with Truncated: an announced length reserves nothing
            items.append(self._value(depth + 1))
        if tag == b"l":
            return items
        if tag == b"t":
            return tuple(items)
        keys = [_as_key(item) for item in (items if tag == b"S" else items[0::2])]
        if _share_one_hash(keys):
            return Opaque("keys chosen to share one hash")
        made: Any = set(keys) if tag == b"S" else dict(zip(keys, items[1::2], strict=True))
        if len(made) < len(keys):  # two lists that are equal, say: to take one of them would be to mend the answer
            return Opaque("a set with an element twice" if tag == b"S" else "a map with a key twice")
        return made


_SIMPLE: dict[tuple[bytes, bytes], tuple[Any]] = {
    (b"n", b""): (None,),
    (b"b", b"1"): (True,),
    (b"b", b"0"): (False,),
}
_BYTES = (b"s", b"y", b"o")
_CONTAINERS = (b"l", b"t", b"S", b"m")
_TAGS = (b"n", b"b", b"i", b"x", b"f", *_BYTES, *_CONTAINERS)
_FLOAT_LETTERS = frozenset(b"0123456789+-.eE")


def _read_integer(tag: bytes, text: bytes) -> int:
    digits = text[1:] if text[:1] == b"-" else text
    if tag == b"i" and digits.isdigit() and len(digits) <= _DECIMAL_DIGITS:
        return int(text)
    if tag == b"x" and digits.isalnum():
        try:
            return int(text, 16)
        except ValueError:
            pass
    raise WireError("an integer that is none")


def _read_float(text: bytes) -> float:
    if text in (b"nan", b"inf", b"-inf"):
        return float(text)
    if _FLOAT_LETTERS.issuperset(text):
        try:
            return float(text)
        except ValueError:
            pass
    raise WireError("a float that is none")


def _read_count(text: bytes) -> int:
    if not text.isdigit() or len(text) > 12:
        raise WireError("a length that is none")
    return int(text)


def _as_key(item: Any) -> Any:
    """The same value in a form that Python can keep in a set."""
    if isinstance(item, (list, tuple)):
        return tuple(_as_key(part) for part in item)
    if isinstance(item, set):
        return frozenset(item)
    if isinstance(item, dict):
        return Opaque("a map inside a key")
    return item


def _share_one_hash(keys: list[Any]) -> bool:
    """Python hashes integers and tuples without salt: a chosen set of them would take quadratic time."""
    return len(keys) > _SAME_HASH and max(Counter(map(hash, keys)).values()) > _SAME_HASH


def decode(data: bytes) -> Any:
    """One value that fills `data` wholly."""
    reader = Reader(data)
    value = reader.value()
    if not reader.ended:
        raise WireError("bytes are left after the value")
    return value


# Requests and results -----------------------------------------------------------------------------------


class Request(msgspec.Struct, frozen=True):
    """What a driver reads, and the nonces by which its results are known again."""

    data: bytes
    nonces: tuple[tuple[str, ...], ...]


def request(entry: str, cases: Sequence[Sequence[Step]]) -> Request:
    """`[entry, [case, …]]`, a case being a list of `[nonce, op, name, [argument, …]]`."""
    nonces = tuple(tuple(secrets.token_hex(8) for _ in case) for case in cases)
    body = [
        [[nonce, step.op, step.name, list(step.args)] for nonce, step in zip(mine, case, strict=True)]
        for mine, case in zip(nonces, cases, strict=True)
    ]
    return Request(encode([entry, body], wrapped=_WRAPPED), nonces)


Ending = Literal["whole", "short", "garbage"]


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """What came back over the channel."""

    cases: tuple[tuple[Seen, ...], ...]
    """Whole cases, in order, as far as they are to be believed."""
    ending: Ending
    """`short`: it stops before all owed results; `garbage`: something else than the driver wrote."""
    load_error: str = ""
    """The driver could not load the answer, or a function that is asked for is not there."""
    limit: str = ""
    """A limit that the language's own runtime reported, or `output` for more values than can be read."""
    noticed: tuple[str, ...] = ()
    """What the driver noticed of the answer's doings: words of `core.flags`."""


class _Signal(Exception):
    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind
        self.text = text


def results(data: bytes, asked: Request, cases: Sequence[Sequence[Step]]) -> Results:
    """Reads what a driver wrote: `[nonce, "r", value, changed]`, `[nonce, "e", kinds, message, changed]`
    with the arguments that may have changed as `[position, value]`; or a last word: `["load" | "limit", text]`.
    After them all may stand `["noticed", flag, …]`."""
    reader = Reader(data)
    whole: list[tuple[Seen, ...]] = []
    try:
        for nonces, steps in zip(asked.nonces, cases, strict=True):
            seen = [_seen(reader, nonce, step) for nonce, step in zip(nonces, steps, strict=True)]
            whole.append(tuple(seen))
        noticed = () if reader.ended else _noticed(reader.value())
    except _Signal as last:
        return Results(
            cases=tuple(whole),
            ending="short",
            load_error=last.text if last.kind == "load" else "",
            limit=last.text if last.kind == "limit" else "",
        )
    except Truncated:
        return Results(cases=tuple(whole), ending="short")
    except TooMuch:
        return Results(cases=tuple(whole), ending="short", limit="output")
    except WireError:
        return Results(cases=tuple(whole), ending="garbage")
    return Results(cases=tuple(whole), ending="whole" if reader.ended else "garbage", noticed=noticed)


def _noticed(item: Any) -> tuple[str, ...]:
    match item:
        case ["noticed", *words] if words and all(isinstance(word, str) and word in BY_DRIVERS for word in words):
            return tuple(words)
    raise WireError("no word of a driver's")


def _seen(reader: Reader, nonce: str, step: Step) -> Seen:
    mine = nonce.encode()
    # Looked at before it is read: what is cut short was still written by somebody else if it begins otherwise.
    if not reader.begins(b"l4\ns16\n" + mine, b"l5\ns16\n" + mine, b"l2\ns4\nload", b"l2\ns5\nlimit"):
        raise WireError("no result of the step that was asked for")
    match reader.value():
        case ["load" | "limit" as kind, str(text)]:
            raise _Signal(kind, text)
        case [str(mark), "r", value, list(changed)] if mark == nonce:
            return Seen(returned=value, args_after=_after(changed, step))
        case [str(mark), "e", list(kinds), message, list(changed)] if mark == nonce:
            names = tuple(kind for kind in kinds if isinstance(kind, str))[:50]
            text = message if isinstance(message, str) else repr(message)
            return Seen(raised=Raised(names, text[:10_000]), args_after=_after(changed, step))
    raise WireError("no result of the step that was asked for")


def _after(changed: list[Any], step: Step) -> tuple[Any, ...]:
    """The arguments as they are afterwards: those that came back as `[position, value]`, else as given."""
    arguments = list(step.args)
    for pair in changed:
        match pair:
            case [int(at), value] if not isinstance(at, bool) and 0 <= at < len(arguments):
                arguments[at] = value
            case _:
                raise WireError("an argument came back that was not given")
    return tuple(arguments)
