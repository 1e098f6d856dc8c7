"""The driver of EvalPlus' protocol: one function called on many inputs, its results compared with a stored solution's.

One step is asked for. `answer` calls the answer and tells digests of its results, and the results themselves where
they are asked for; no expected value is in its process. `expect` does the same with the benchmark's own solution, and
`weigh` compares what an answer returned with what that solution returns. Only `beside` puts both into one process, as
the official harness does: for results that cannot cross. $ASSAY_PACKAGES names a folder with the numpy that the
official harness has.
"""

from __future__ import annotations

import builtins
import gc
import os
import resource
import signal
import sys
import time
import types
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NoReturn

from assay.sandboxes.drivers import evalplus_rules as rules
from assay.sandboxes.drivers import guard, plain

_SHOWN = 300
"""Characters of a value that a person is shown."""
_CARRIED = 8 << 20
"""Bytes of results that are told of one answer."""
_LONGEST = 200_000
"""Elements of a result that is told; what is longer is compared where it is."""


def main(asked: int = 3, told: int = 4) -> NoReturn:
    """Leaves without any exit handler of the answer's."""
    leave, alarm, kind = os._exit, signal.setitimer, signal.ITIMER_REAL
    tell = guard.writer(told)
    (((nonce, _, what, args),),) = guard.request(asked)

    def say(said: list[Any]) -> NoReturn:
        alarm(kind, 0)  # which could ring while this is told, and put another word into the middle of it
        tell(guard.result(nonce, said))
        leave(0)

    with suppress(BaseException):
        say(_STEPS[what](args, say))
    leave(0)


Leave = Callable[[list[Any]], object]
"""Tells a last word and ends the process."""


class TimeoutException(Exception):
    """What a call that takes too long is stopped with; an answer may catch it, officially too."""


class _Watch:
    """Holds each call to its seconds and all of them to theirs, on the clock, less what other programs took."""

    def __init__(self, in_all: float, late: Callable[[], object]) -> None:
        self._elapsed = guard.clock()
        self._alarm, self._kind = signal.setitimer, signal.ITIMER_REAL
        self._in_all, self._late = in_all, late
        self._until = in_all
        self.begun = False
        signal.signal(signal.SIGALRM, self._look)
        self._wake(in_all, 0.0)

    def begin(self, seconds: float) -> None:
        """Most calls are over long before an alarm set for one of them: it is set anew when it has rung, or would ring
        soon. A call that has recursed as deep as it may has no room left for it."""
        self.begun = True
        now = self._elapsed()
        self._until = until = min(now + seconds, self._in_all)
        if not now + seconds / 2 <= self._rings <= until:
            self._wake(until, now)

    def end(self) -> None:
        now, until = self._elapsed(), self._until
        self._until = self._in_all
        if now >= self._in_all:
            self._late()
        if now >= until:  # and no alarm rang: the answer may have seen to that
            raise TimeoutException("Timed out!")

    def _look(self, *_: object) -> None:
        now, until = self._elapsed(), self._until
        if now >= self._in_all:
            self._late()
        if now >= until:
            self._until = self._in_all
        self._wake(self._until, now)
        if now >= until:
            raise TimeoutException("Timed out!")

    def _wake(self, at: float, now: float) -> None:
        self._rings = at
        self._alarm(self._kind, max(at - now, 0.05))


# The answer alone -----------------------------------------------------------------------------------------


def _answer(args: list[Any], leave: Leave) -> list[Any]:
    """`[how it ended, digests, results, word]`, the results being those of the calls in `wanted`, in order."""
    program, entry, inputs, shape, oracle, least, longer, in_all, memory, wanted = args
    told: list[bytes] = []
    digests: list[bytes] = []
    room, last = _CARRIED, max(wanted, default=-1)
    look, digest, show, shown = rules.looked_at, rules.digest, _carried, frozenset(wanted)
    calls = rules.arguments(inputs, shape)
    seconds = dict(longer)
    watch = _Watch(in_all, lambda: leave(["timeout", b"".join(digests), told, "all inputs together"]))
    try:
        function = _loaded(program, entry, memory, numpy=guard.numpy(named="numpy" in program))
        for number, given in enumerate(calls):
            watch.begin(seconds.get(number, least))
            out = function(*given)
            watch.end()
            judged = look(out, given, oracle)
            digests.append(digest(judged))
            if number in shown:
                told.append(show(judged, room))
                room -= len(told[-1])
            if number == last:
                break
    except TimeoutException:
        return ["slow", b"".join(digests), told, f"longer than {seconds.get(len(digests), least):g} s"]
    except BaseException as error:
        how = "fail" if watch.begun else "broken"
        return [how, b"".join(digests), told, guard.describe(error)]
    return ["done", b"".join(digests), told, ""]


def _loaded(program: str, entry: str, memory: int, *, numpy: dict[str, types.ModuleType]) -> Callable[..., Any]:
    """Sets up the official world and executes the answer in it."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    memory = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    guard.mute()
    guard.disarm()
    sys.modules.update(numpy)
    vars(builtins).update(open=None, help=None)
    space: dict[str, Any] = {}
    exec(compile(program, "<string>", "exec", dont_inherit=True), space)  # what this driver is for, inside a box
    function: Callable[..., Any] = space[entry]
    return function


def _carried(value: Any, room: int) -> bytes:
    """A result as bytes of plain values; empty where it is too long to be carried."""
    if _is_long(value):
        return b""
    data = plain.pack(plain.Dresser().dress(value))
    return data if len(data) <= room else b""


def _is_long(value: Any) -> bool:
    if type(value) in (str, bytes):
        return len(value) > _CARRIED
    if type(value) not in (list, tuple, set, frozenset, dict):
        return False
    items: Any = value.values() if type(value) is dict else value
    return len(value) > _LONGEST or sum(len(item) for item in items if type(item) in (list, tuple, str)) > _LONGEST


# The benchmark's own solution -----------------------------------------------------------------------------


def _expect(args: list[Any], _: Leave) -> list[Any]:
    """`[digests, which results are floats, seconds of each call]`."""
    solution, entry, inputs, shape, oracle = args
    function = _own(solution, entry)
    digests, floats, seconds, clock = [], bytearray(), [], time.process_time
    gc.disable()  # some results have a hundred million parts, and looking through them takes longest
    for given in rules.arguments(inputs, shape):
        began = clock()
        out = function(*given)
        seconds.append(clock() - began)
        exp = rules.expected(out, oracle)
        judged = rules.looked_at(exp, given, oracle)
        digests.append(rules.digest(judged) if rules.is_like_itself(judged) else rules.NEVER)
        floats.append(rules.is_floats(exp))
    return [b"".join(digests), bytes(floats), seconds]


def _own(solution: str, entry: str) -> Callable[..., Any]:
    guard.mute()
    space: dict[str, Any] = {}
    exec(compile(solution, "<solution>", "exec", dont_inherit=True), space)  # the benchmark's own text, inside a box
    function: Callable[..., Any] = space[entry]
    return function


def _weigh(args: list[Any], _: Leave) -> list[Any]:
    """Compares results of these inputs, in order, until one does not hold: `["right", word]`,
    `["wrong", place, got, expected]`, or `["foreign", place, type]` at the first that could not cross. The word says
    where an answer is right only because it changed its arguments."""
    solution, entry, inputs, shape, oracle, atol, floats, places, results = args
    with_arguments = rules.looks_at_arguments(oracle)
    function, word = _own(solution, entry), ""
    before, own = rules.arguments(inputs, shape), rules.arguments(inputs, shape)
    guard.lead_to_numpy(os.environ.get("ASSAY_PACKAGES", ""))
    for place, data in zip(places, results, strict=False):
        dressed = _dressed(data)
        if foreign := plain.foreign_in(dressed):
            return ["foreign", place, foreign]
        out, after = plain.Undresser().undress(dressed), before[place]
        if with_arguments:
            out, after = (out[0], out[1:]) if type(out) is list and out else (None, [])
        exp = rules.expected(function(*own[place]), oracle)
        holds = partial(_holds, out, exp, oracle=oracle, atol=atol, floats=floats, place=place)
        if not holds(after):
            return ["wrong", place, _short(out), _short(exp)]
        if with_arguments and not holds(before[place]):
            word = "only with the arguments as it left them"
    return ["right", word]


def _dressed(data: bytes) -> Any:
    """What an answer's process told as a result, which may have been written by anybody."""
    try:
        return plain.unpack(data) if data else ["foreign", "result too long to carry"]
    except (ValueError, TypeError, LookupError, RecursionError):
        return ["list", "what was not written by us"]


def _holds(out: Any, exp: Any, given: Sequence[Any], *, oracle: str, atol: float, floats: bytes, place: int) -> bool:
    before, after = rules.tolerance(atol, floats[:place], place), rules.tolerance(atol, floats, place)
    try:
        return rules.holds(out, exp, given, oracle=oracle, atol=before, after=after)
    except Exception:  # whatever a comparison ends with, it does not hold: the official rule
        return False


def _short(value: Any) -> str:
    try:
        text = repr(value)
    except Exception:  # a value of the answer's that nothing can be done with
        text = type(value).__name__
    return text[:_SHOWN].encode("utf-8", "replace").decode()


# Both in one process --------------------------------------------------------------------------------------


def _beside(args: list[Any], leave: Leave) -> list[Any]:
    """The official way, for results that cannot cross: `["right"]`, `["wrong", place, got, expected]`, or `["fail",
    place, word]` and its like where a call did not come to an end. Of inputs outside `places` the results are known
    to be right."""
    solution, program, entry, inputs, shape, oracle, atol, floats, places, least, longer, in_all, memory = args
    calls, own = rules.arguments(inputs, shape), rules.arguments(inputs, shape)
    reference = _own(solution, entry)
    exps = {place: rules.expected(reference(*own[place]), oracle) for place in places}
    numpy = guard.numpy()  # the comparison may need it where the answer does not
    holds, short, at = _holds, _short, 0
    seconds = dict(longer)
    watch = _Watch(in_all, lambda: leave(["timeout", at, "all inputs together"]))
    try:
        function = _loaded(program, entry, memory, numpy=numpy)
        for at, given in enumerate(calls):
            watch.begin(seconds.get(at, least))
            out = function(*given)
            watch.end()
            if at in exps and not holds(out, exps[at], given, oracle=oracle, atol=atol, floats=floats, place=at):
                return ["wrong", at, type(out).__name__, short(exps[at])]
    except TimeoutException:
        return ["slow", at, f"longer than {seconds.get(at, least):g} s"]
    except BaseException as error:
        return ["fail", at, guard.describe(error)]
    return ["right"]


_STEPS: dict[str, Callable[[list[Any], Leave], list[Any]]] = {
    "answer": _answer, "expect": _expect, "weigh": _weigh, "beside": _beside,
}  # fmt: skip
