"""When calls are the wanted ones: the rules of the Berkeley Function-Calling Leaderboard, to the letter.

Each wanted call lists, for every parameter, the values that will do; an empty text among them means that it may be
left out. Its oddities are kept: strings are compared without case, spaces and `,./-_*^`; a value of the type that the
list has, not the schema, is taken for a variable and compared as it is; only one level of a list is typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assay.formats.shown import plain, render
from assay.graders.call_types import TYPED, Typed

Call = Mapping[str, Any]
"""A function's name to its arguments."""
Fault = tuple[str, str]
"""What is wrong: the official word for it, and the particulars. Empty where nothing is."""
FINE: Fault = ("", "")
_ONE = "simple_function_checker"
_PARALLEL = "parallel_function_checker_no_order"

_DROPPED = re.compile(r"[ ,./\-_*^]")


def standard(text: str) -> str:
    """A text without what does not count."""
    return _DROPPED.sub("", text).lower().replace("'", '"')


class Rules:
    """What one task's functions and language say of a call."""

    def __init__(self, functions: Sequence[dict[str, Any]], *, language: str, dotted: bool) -> None:
        self._functions = {function["name"]: function["parameters"] for function in reversed(functions)}
        self._typed: Typed = TYPED[language]
        self._language = language
        self._dotted = dotted

    def single(self, calls: Sequence[Call], wanted: Sequence[Call], *, checker: str) -> Fault:
        """One call is wanted; `checker` is the official name of whoever counts."""
        if len(calls) != len(wanted):
            return f"{checker}:wrong_count", f"{len(calls)} calls instead of {len(wanted)}"
        return self.one(calls[0], wanted[0])

    def parallel(self, calls: Sequence[Call], wanted: Sequence[Call]) -> Fault:
        """In any order: each wanted call takes the first call left that will do."""
        if len(calls) != len(wanted):
            return f"{_PARALLEL}:wrong_count", f"{len(calls)} calls instead of {len(wanted)}"
        left = list(range(len(calls)))
        for number, right in enumerate(wanted):
            faults = []
            for index in left:
                fault = self.one(calls[index], right)
                if not fault[0]:
                    left.remove(index)
                    break
                faults.append(fault)
            else:
                return (
                    f"{_PARALLEL}:cannot_find_match",
                    f"no call is the wanted number {number + 1}: {_nearest(faults)}",
                )
        return FINE

    def one(self, call: Call, wanted: Call) -> Fault:
        name, possible = next(iter(wanted.items()))
        parameters = self._functions[name]
        spelled = name if self._dotted else name.replace(".", "_")
        if spelled not in call:
            return f"{_ONE}:wrong_func_name", f"{plain(str(next(iter(call), '')), 80)} instead of {spelled}"
        given = call[spelled]
        for parameter in parameters["required"]:
            if parameter not in given:
                return f"{_ONE}:missing_required", f"{parameter} is missing"
        for parameter, value in given.items():
            if parameter not in parameters["properties"] or parameter not in possible:
                return f"{_ONE}:unexpected_param", f"{plain(str(parameter), 80)} is no parameter that is wanted"
            word, said = self._argument(value, parameters["properties"][parameter], possible[parameter])
            if word:
                return word, f"{parameter} is {said}"
        for parameter, answers in possible.items():
            if parameter not in given and "" not in answers:
                return (
                    f"{_ONE}:missing_optional",
                    f"{parameter} is missing, and its default is none of the right values",
                )
        return FINE

    def _argument(self, value: Any, schema: dict[str, Any], possible: Sequence[Any]) -> Fault:
        described = schema["type"]
        kind, inner = self._typed.kinds(schema)
        if self._typed.convert is not None:
            if type(value) is not str:
                return "type_error:" + self._typed.short, f"{render(value)}, where a text is due"
            value = self._typed.convert(value, described, schema.get("items", {}).get("type") if inner else None)
        elif described == "tuple" and type(value) is tuple:
            value = list(value)
        elif described == "float" and type(value) is int:
            value = _as_float(value)
        word, variable = _type_fault(value, possible, kind, inner)
        if word:
            return word, f"{render(value)}, where {described} is due"
        if not variable and (check := _CHECKS.get((kind, inner)) or _CHECKS.get((kind, None))):
            word = check(value, possible)
        else:
            word = "" if value in possible else "value_error:others"
        return (word, f"{render(value)}, not {_one_of(possible)}") if word else FINE


def _nearest(faults: list[Fault]) -> str:
    """The fault of a call of the right name, if there is one."""
    close = [said for word, said in faults if not word.endswith("wrong_func_name")] or [said for _, said in faults]
    return close[0]


def _one_of(possible: Sequence[Any]) -> str:
    return " or ".join(render(one) for one in possible[:5])


def _as_float(value: int) -> float | int:
    try:
        return float(value)
    except OverflowError:
        return value


# --- types ------------------------------------------------------------------------------------------


def _type_fault(value: Any, possible: Sequence[Any], kind: type, inner: type | None) -> tuple[str, bool]:
    """What is wrong with its type, and whether it stands for a variable."""
    listed = next((type(one) for one in possible if one != ""), None)
    if type(value) is kind:
        variable = listed is not None and listed is not kind
        if inner is None or any(_all_typed(value, one, inner) for one in possible):
            return "", variable
        return "type_error:nested" if type(value) is listed else "type_error:simple", False
    if listed is not None and type(value) is listed:
        return "", True
    return "type_error:simple", False


def _all_typed(value: Any, possible: Any, inner: type) -> bool:
    if type(possible) is not list:
        return True
    return all(not _type_fault(item, possible, inner, None)[0] for item in value)


# --- values -----------------------------------------------------------------------------------------


def _string(value: str, possible: Sequence[Any]) -> str:
    right = standard(value) in [standard(one) for one in possible if type(one) is str]
    return "" if right else "value_error:string"


def _standard_items(items: Any) -> list[Any]:
    return [standard(item) if type(item) is str else item for item in items]


def _list(value: list[Any], possible: Sequence[Any]) -> str:
    right = _standard_items(value) in [_standard_items(one) for one in possible if isinstance(one, (list, str))]
    return "" if right else "value_error:list/tuple"


def _dict(value: Any, possible: Sequence[Any]) -> str:
    """Without an answer but the empty one, nothing is right."""
    word = "dict_checker:unclear"
    for one in possible:
        if isinstance(one, dict) and isinstance(value, dict):
            word = _one_dict(value, one)
            if not word:
                return ""
    return word


def _one_dict(value: dict[Any, Any], possible: dict[str, Any]) -> str:
    """Officially, a missing key is looked for after a wrong value too, and its word stays."""
    if any(key not in value and "" not in items for key, items in possible.items()):
        return "value_error:dict_key"
    for key, item in value.items():
        if key not in possible:
            return "value_error:dict_key"
        if (standard(item) if type(item) is str else item) not in _standard_items(possible[key]):
            return "value_error:dict_value"
    return ""


def _dicts(value: list[Any], possible: Sequence[Any]) -> str:
    word = "list_dict_checker:unclear"
    for one in possible:
        if len(value) != len(one):
            word = "value_error:list_dict_count"
            continue
        words = [_dict(item, [right]) for item, right in zip(value, one, strict=True)]
        word = next(filter(None, words), "")
        if not word:
            return ""
    return word


_CHECKS: dict[tuple[type, type | None], Callable[[Any, Sequence[Any]], str]] = {
    (dict, None): _dict,
    (list, dict): _dicts,
    (str, None): _string,
    (list, None): _list,
}
"""By type, and type of what is in it; what is not here is compared as it is."""
