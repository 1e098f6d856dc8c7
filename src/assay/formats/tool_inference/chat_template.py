"""Renders a model's chat template, which is a stranger's program, in bounded work.

The template sees copies of plain values and a short list of filters and methods. Every turn of a loop and every
call is counted, every text that it builds is measured before it is built, and the clock stands still. Knows
nothing of tool calls; what a template writes, others read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from string import Formatter
from typing import Any, TypeVar

import msgspec
from jinja2 import nodes
from jinja2.environment import Template
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import SandboxedEnvironment

from assay.formats.tool_inference.meter import LARGEST_TEXT, Meter

LARGEST_TEMPLATE = 512 * 1024


T = TypeVar("T")


class TemplateRefused(Exception):
    """Raised when a template cannot be rendered: it is broken, it refuses the conversation, or it wants too much."""


_METHODS: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (str, frozenset((
        "capitalize", "count", "endswith", "find", "format", "isalpha", "isdigit", "isnumeric", "isspace", "join",
        "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rpartition", "rsplit",
        "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper",
    ))),
    (dict, frozenset(("copy", "get", "items", "keys", "pop", "setdefault", "update", "values"))),
    (list, frozenset(("append", "copy", "count", "extend", "index", "insert", "pop", "reverse"))),
    (tuple, frozenset(("count", "index"))),
)  # fmt: skip


class _Environment(SandboxedEnvironment):
    """One template's; the meter is its own."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, meter: Meter) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,
            cache_size=0,
            finalize=meter.value,
            extensions=["jinja2.ext.loopcontrols", "jinja2.ext.do", Generation],
        )
        self.meter = meter
        known = dict(self.filters)
        self.filters.clear()
        self.filters.update({name: known[name] for name in _FILTERS})
        self.filters.update(
            indent=self._indent,
            items=_items,
            join=self._join,
            measured=self._measured,
            metered=self._metered,
            replace=self._replace,
            string=self._string,
            tojson=self._tojson,
        )
        self.globals = {
            "range": self._range,
            "dict": dict,
            "namespace": self.globals["namespace"],
            "raise_exception": _raise_exception,
            "strftime_now": _strftime_now,
        }

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Loops count their turns, and joined texts are measured: the tree is changed, not the template."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = _filtered(loop.iter, "metered")
        for joined in list(tree.find_all(nodes.Concat)):
            joined.nodes = [_filtered(node, "measured") for node in joined.nodes]
        return tree

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Bare fields only: a width or an attribute is a way to ask for more than the text shows."""
        owner = getattr(value, "__self__", None)
        if getattr(value, "__name__", "") != "format" or not isinstance(owner, str):
            return None

        def formatted(*args: Any, **kwargs: Any) -> str:
            fields = [field for _, field, spec, how in Formatter().parse(owner) if field is not None]
            plain = all(not spec and not how for _, _, spec, how in Formatter().parse(owner))
            if not plain or not all(field == "" or field.isidentifier() or field.isdigit() for field in fields):
                raise SecurityError("the template formats with more than bare fields")
            longest = max((len(self._string(one)) for one in (*args, *kwargs.values())), default=0)
            self.meter.text(len(owner) + len(fields) * longest)
            return owner.format(*args, **kwargs)

        return formatted

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if not super().is_safe_attribute(obj, attr, value):
            return False
        for kind, allowed in _METHODS:
            if isinstance(obj, kind):
                return attr in allowed
        return type(obj).__module__.startswith("jinja2.")  # loops, namespaces, macros; no numbers, no types

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        self, obj = __self, __obj
        self.meter.step()
        owner, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "")
        if isinstance(owner, str):
            if name == "replace" and len(args) >= 2:
                self._replace(owner, *args[:2])  # measured; the method itself follows
            elif name == "join" and args:
                args = (self._listed(args[0], len(owner)), *args[1:])
            else:
                self.meter.text(len(owner))
        elif isinstance(owner, list | dict):
            self.meter.step(len(owner) // 64)
        return super().call(__context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**":
            raise SecurityError("the template takes powers")
        if isinstance(left, str | list | tuple):
            if operator == "%":
                raise SecurityError("the template formats with %")
            if operator == "*":
                self.meter.text(len(left) * max(0, right) if isinstance(right, int) else 0)
            elif isinstance(right, str | list | tuple):
                self.meter.text(len(left) + len(right))
        elif operator == "*" and isinstance(right, str | list | tuple):
            self.meter.text(len(right) * max(0, left) if isinstance(left, int) else 0)
        elif isinstance(left, int) and isinstance(right, int) and max(abs(left), abs(right)) > 2**53:
            raise SecurityError("the template counts too far")
        return super().call_binop(context, operator, left, right)

    def _range(self, *bounds: int) -> range:
        numbers = range(*bounds)
        self.meter.step(len(numbers))
        return numbers

    def _metered(self, values: Any) -> Iterator[Any]:
        for value in values:
            self.meter.step()
            yield value

    def _string(self, value: Any) -> str:
        return str(self.meter.value(value))

    def _tojson(self, value: Any, **settings: Any) -> str:
        return _json(self.meter.value(value), **settings)

    def _indent(self, text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
        lead = width[:16] if isinstance(width, str) else " " * min(width, 16)
        self.meter.text(len(text) + len(lead) * (1 + text.count("\n")))
        lines = text.split("\n")
        indented = [lead + line if (at or first) and (line or blank) else line for at, line in enumerate(lines)]
        return "\n".join(indented)

    def _measured(self, value: Any) -> Any:
        self.meter.value(value)
        if isinstance(value, str):
            self.meter.text(2 * len(value))
        return value

    def _join(self, values: Iterable[Any], d: str = "", attribute: str | None = None) -> str:
        if attribute is not None:
            values = [value.get(attribute) if isinstance(value, dict) else "" for value in values]
        return str(d).join(self._listed(values, len(str(d))))

    def _listed(self, values: Iterable[Any], between: int) -> list[str]:
        texts: list[str] = []
        size = 0
        for value in values:
            texts.append(str(self.meter.value(value)))
            size += len(texts[-1]) + between
            self.meter.text(size)
        return texts

    def _replace(self, text: str, old: str, new: str, count: int | None = None) -> str:
        found = text.count(old) if old else len(text) + 1
        self.meter.text(len(text) + found * len(new))
        return text.replace(old, new, -1 if count is None else count)


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


_FILTERS = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "int", "last", "length",
    "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "round", "safe", "select", "selectattr",
    "sort", "sum", "title", "trim", "unique", "upper",
)  # fmt: skip


class Generation(Extension):
    """`{% generation %}` marks what the model wrote, for training; it renders as what is in it."""

    tags = {"generation"}  # noqa: RUF012

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


def _raise_exception(message: str) -> None:
    raise TemplateRefused(f"the template says: {str(message)[:200]}")


def _strftime_now(_format: str) -> str:
    return "2026-01-01"


def _items(value: Any) -> list[tuple[Any, Any]]:
    return [] if isinstance(value, Undefined) else list(value.items())


def _json(
    value: Any,
    ensure_ascii: bool = False,
    indent: int | None = None,
    separators: Any = None,
    sort_keys: bool = False,
) -> str:
    """As templates are rendered in use: no HTML escapes, characters as they are."""
    if indent is not None and not 0 <= indent <= 16:
        raise SecurityError("the template indents too far")
    pair = (str(separators[0])[:8], str(separators[1])[:8]) if separators else None
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=pair, sort_keys=sort_keys)


class ChatTemplate:
    """A template, read once and rendered as often as one likes."""

    def __init__(self, source: str) -> None:
        """Raises TemplateRefused."""
        if len(source) > LARGEST_TEMPLATE:
            raise TemplateRefused(f"the template is larger than {LARGEST_TEMPLATE // 1024} KiB")
        self._meter = Meter()
        self._template: Template = _guarded(lambda: _Environment(self._meter).from_string(source))

    def render(self, messages: list[dict[str, Any]], **variables: Any) -> str:
        """The prompt. Raises TemplateRefused for whatever goes wrong in the template."""
        fresh = msgspec.json.decode(msgspec.json.encode({**variables, "messages": messages}))
        return _guarded(lambda: "".join(self._pieces(fresh)))

    def _pieces(self, variables: dict[str, Any]) -> Iterator[str]:
        size = 0
        for piece in self._template.generate(variables):
            size += len(piece)
            if size > LARGEST_TEXT:
                raise SecurityError("the template writes on and on")
            yield piece


def _guarded(work: Callable[[], T]) -> T:
    try:
        return work()
    except TemplateRefused:
        raise
    except Exception as error:  # a template is a program: any exception of Python's may come out of it
        raise TemplateRefused(f"the template fails: {type(error).__name__}: {str(error)[:200]}") from error
