"""Mutants of Python files that nobody had to think of: one small change each, made by the syntax alone. Pure."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from assay.core.ids import content_hash

MOST = 60
"""Mutants of one task, at most."""
SHOWN = 60
"""Letters that are shown of the code before a change, and of that after it."""


class Mechanical(msgspec.Struct, frozen=True):
    """One mutant: the file that differs, where, and how."""

    path: str
    line: int
    change: str
    text: str
    """The file as it is then."""


class _Edit(msgspec.Struct, frozen=True):
    """The field of a node that gets another value."""

    node: ast.AST
    field: str
    value: Any
    within: ast.AST
    """What is shown of it: the node, or the expression around one that says little."""

    @property
    def drops(self) -> ast.stmt | None:
        """The statement that is left out, if that is what it is."""
        before = getattr(self.node, self.field)
        if not isinstance(before, list) or not before or not isinstance(before[0], ast.stmt):
            return None
        return next((statement for statement in before if statement not in self.value), None)

    @property
    def line(self) -> int:
        places = (self.drops or self.node, *ast.walk(self.node))
        return next((place.lineno for place in places if isinstance(place, ast.stmt | ast.expr)), 1)


def mechanical_mutants(files: Mapping[str, str], *, most: int = MOST) -> list[Mechanical]:
    """Mutants of the Python files among these, in the order of their lines. Of more than `most` the same ones are
    taken each time, wherever they stand. A file that cannot be read has none."""
    paths = sorted(path for path in files if path.endswith(".py"))
    made = [mutant for path in paths for mutant in sorted(_of_file(path, files[path]), key=lambda one: one.line)]
    if len(made) <= most:
        return made
    taken = set(sorted(range(len(made)), key=lambda at: content_hash(made[at].path, made[at].text))[:most])
    return [mutant for at, mutant in enumerate(made) if at in taken]


def _of_file(path: str, text: str) -> Iterator[Mechanical]:
    try:
        tree = ast.parse(text)
        seen = {ast.unparse(tree)}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for edit in _edits(tree, tree):
        line, drops, before = edit.line, edit.drops, getattr(edit.node, edit.field)
        old = _code(edit.within)
        setattr(edit.node, edit.field, edit.value)
        try:
            changed, new = ast.unparse(tree), _code(edit.within)
        finally:
            setattr(edit.node, edit.field, before)
        if changed in seen or not _parses(changed):
            continue
        seen.add(changed)
        yield Mechanical(
            path, line, _change(old, new) if drops is None else f"without {_cut(_code(drops))}", changed + "\n"
        )


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _code(node: ast.AST) -> str:
    """Its first line: without what stands in its body."""
    return ast.unparse(node).lstrip("\n").partition("\n")[0]


def _change(old: str, new: str) -> str:
    """Both, or what surrounds the place where they differ."""
    same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    start = max(0, same - SHOWN // 3) if max(len(old), len(new)) > SHOWN else 0
    return f"{_cut(old, start)} → {_cut(new, start)}"


def _cut(text: str, start: int = 0) -> str:
    return f"{'…' if start else ''}{text[start : start + SHOWN]}{'…' if text[start + SHOWN :] else ''}"


# --- where something can be changed -----------------------------------------------------------------


def _edits(node: ast.AST, around: ast.AST) -> Iterator[_Edit]:
    """All edits in this node and below. Not looked at: annotations, decorators, docstrings,
    the words of errors, and whether a file is run as a program."""
    if isinstance(node, ast.Raise | ast.JoinedStr) or _asks_for_main(node):
        return
    within = around if isinstance(node, ast.Constant | ast.comprehension) else node
    for kind, find in _FINDERS:
        if isinstance(node, kind):
            for field, value in find(node):
                yield _Edit(node, field, value, within)
    for field, value in ast.iter_fields(node):
        if field in _UNSEEN:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _tells_little(node, child):
                yield from _edits(child, node if isinstance(node, ast.expr | ast.stmt) else around)


_UNSEEN = frozenset({"annotation", "returns", "decorator_list", "ctx", "type_params"})


def _asks_for_main(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "__name__" in {
        name.id for name in ast.walk(node.test) if isinstance(name, ast.Name)
    }


def _tells_little(parent: ast.AST, child: ast.AST) -> bool:
    """Docstrings; keys that would be missed at once; and bounds, which another comparison moves as well."""
    if isinstance(parent, ast.Expr):
        return isinstance(child, ast.Constant)
    if not isinstance(child, ast.Constant):
        return False
    if isinstance(parent, ast.Subscript):
        return isinstance(child.value, str)
    return isinstance(parent, ast.Compare) and isinstance(parent.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE)


# --- what can be changed ----------------------------------------------------------------------------

_Changes = Iterator[tuple[str, Any]]

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitOr,
}
_NAMES = {
    **{"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"},
    **{"startswith": "endswith", "endswith": "startswith", "lower": "upper", "upper": "lower"},
    **{"find": "rfind", "rfind": "find", "partition": "rpartition", "rpartition": "partition"},
    **{"split": "rsplit", "rsplit": "split", "lstrip": "rstrip", "rstrip": "lstrip", "strip": "rstrip"},
    **{"bisect_left": "bisect_right", "bisect_right": "bisect_left", "union": "intersection"},
}


def _comparisons(node: ast.Compare) -> _Changes:
    for at, operator in enumerate(node.ops):
        for other in _COMPARISONS[type(operator)]:
            yield "ops", [*node.ops[:at], other(), *node.ops[at + 1 :]]


def _arithmetic(node: ast.BinOp | ast.AugAssign) -> _Changes:
    if type(node.op) in _ARITHMETIC:
        yield "op", _ARITHMETIC[type(node.op)]()


def _connectives(node: ast.BoolOp) -> _Changes:
    yield "op", ast.Or() if isinstance(node.op, ast.And) else ast.And()
    for at in range(len(node.values)):
        yield "values", [*node.values[:at], *node.values[at + 1 :]]


def _constants(node: ast.Constant) -> _Changes:
    value = node.value
    if isinstance(value, bool):
        yield "value", not value
    elif isinstance(value, int | float):
        yield "value", value + 1
        yield "value", value - 1
    elif isinstance(value, str) and value:
        yield "value", ""


def _signs(node: ast.UnaryOp) -> _Changes:
    if isinstance(node.op, ast.USub):
        yield "op", ast.UAdd()


def _conditions(node: ast.If | ast.While | ast.IfExp) -> _Changes:
    if not isinstance(node.test, ast.Constant) and not _turned(node.test):
        yield "test", _negated(node.test)


def _filters(node: ast.comprehension) -> _Changes:
    for at, test in enumerate(node.ifs):
        if not _turned(test):
            yield "ifs", [*node.ifs[:at], _negated(test), *node.ifs[at + 1 :]]


def _turned(test: ast.expr) -> bool:
    """A single comparison is turned into its opposite anyway."""
    return isinstance(test, ast.Compare) and len(test.ops) == 1


def _negated(test: ast.expr) -> ast.expr:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    return ast.UnaryOp(op=ast.Not(), operand=test)


def _results(node: ast.Return) -> _Changes:
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield "value", ast.Constant(value=None)


def _called(node: ast.Call) -> _Changes:
    """Another function of the same form, or another order."""
    if isinstance(node.func, ast.Name) and node.func.id in _NAMES:
        yield "func", ast.Name(id=_NAMES[node.func.id], ctx=ast.Load())
    elif isinstance(node.func, ast.Attribute) and node.func.attr in _NAMES:
        yield "func", ast.Attribute(value=node.func.value, attr=_NAMES[node.func.attr], ctx=ast.Load())
    elif isinstance(node.func, ast.Name) and node.func.id == "sorted" and node.keywords:
        yield "keywords", []
    elif isinstance(node.func, ast.Name) and node.func.id == "sorted":
        yield "func", ast.Name(id="list", ctx=ast.Load())


def _without_statements(node: ast.AST) -> _Changes:
    for field in ("body", "orelse", "finalbody"):
        statements = getattr(node, field, None)
        if not isinstance(statements, list):
            continue
        for at, statement in enumerate(statements):
            if _can_go(statement):
                yield field, [*statements[:at], *statements[at + 1 :]] or [ast.Pass()]


def _can_go(statement: ast.AST) -> bool:
    """Whether what is left without it still makes sense: a name that is never bound tells nothing of the cases."""
    if isinstance(statement, ast.Assign):
        return all(isinstance(target, ast.Attribute | ast.Subscript) for target in statement.targets)
    if isinstance(statement, ast.Expr):
        return not isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.AugAssign | ast.Raise | ast.Break | ast.Continue | ast.Delete)


_FINDERS: Sequence[tuple[type | tuple[type, ...], Callable[[Any], _Changes]]] = (
    (ast.Compare, _comparisons),
    ((ast.BinOp, ast.AugAssign), _arithmetic),
    (ast.BoolOp, _connectives),
    (ast.Constant, _constants),
    (ast.UnaryOp, _signs),
    ((ast.If, ast.While, ast.IfExp), _conditions),
    (ast.comprehension, _filters),
    (ast.Return, _results),
    (ast.Call, _called),
    ((ast.stmt, ast.Module, ast.ExceptHandler, ast.match_case), _without_statements),
)
