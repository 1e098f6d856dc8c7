"""Sources of the languages that have a row of `Grammar`, read by tree-sitter in one walk over the tree."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from assay.formats.shapes.grammar import Grammar, bare_name, text_of
from assay.formats.shapes.source import Function, Head, Run, Source, Words
from assay.formats.shown import plain
from assay.formats.trees import tree_of

if TYPE_CHECKING:
    from tree_sitter import Node

DEEPEST = 200
"""Statements inside one another; each `else if` is inside the one before."""


class SyntaxReader:
    """A language by its grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    @property
    def suffixes(self) -> tuple[str, ...]:
        return self._grammar.suffixes

    @property
    def words(self) -> Words:
        return self._grammar.words

    def home(self, path: str) -> str:
        return self._grammar.home(path)

    def read(self, path: str, text: str) -> Source:
        return self._read(path, text)

    def read_head(self, text: str, within: str) -> Head:
        grammar = self._grammar
        fault = f"“{text}” is no head of a function, like {grammar.words.head}"
        if within and not grammar.frame_within:
            raise ValueError(f"“within” is not needed: the head says of what it is a method, like {grammar.words.head}")
        frame = grammar.frame_within if within else grammar.frame
        try:
            found = list(self._read("a head", frame.format(text)).heads())
        except ValueError as error:
            raise ValueError(fault) from error
        if len(found) != 1 or "(" not in text:
            raise ValueError(fault)
        (head,) = found
        place = within if grammar.frame_within else head.within
        return Head(name=head.name, within=place, parts=head.parts, marks=head.marks)

    def _read(self, path: str, text: str) -> SyntaxSource:
        grammar, data = self._grammar, text.encode("utf-8", "replace")
        root = tree_of(grammar.module, grammar.entry, data)
        if root is None:
            raise ValueError(f"{path} cannot be parsed: the parser gets nowhere with it")
        if root.has_error:
            raise ValueError(f"{path} cannot be parsed: line {_first_error(root).start_point.row + 1}")
        return SyntaxSource(root, data, grammar, path)


def _first_error(node: Node) -> Node:
    while not (node.is_error or node.is_missing):
        inner = next((child for child in node.children if child.has_error or child.is_missing), None)
        if inner is None:
            break
        node = inner
    return node


# --- one walk ---------------------------------------------------------------------------------------------------


class _Token(NamedTuple):
    text: str
    row: int
    variable: bool
    name: bool


class _Statement(NamedTuple):
    first: int
    stop: int
    """The token behind its last."""
    size: int
    """Itself and those inside it."""


class _Found(NamedTuple):
    node: Node
    name: Node | None
    within: str | None
    first_row: int
    last_row: int
    decisions: int


class _Frame:
    """A piece of syntax that is being walked through."""

    __slots__ = ("block", "decided", "first", "function", "goes_to", "node", "statements")

    def __init__(self, node: Node, first: int, statements: int, decided: int) -> None:
        self.node = node
        self.first = first
        self.statements = statements
        self.decided = decided
        self.function: tuple[Node | None, str | None] | None = None
        self.block: list[_Statement] | None = None
        """Its statements, for a block."""
        self.goes_to: list[_Statement] | None = None
        """The block that it is a statement of."""


class SyntaxSource:
    """A parsed file."""

    def __init__(self, root: Node, data: bytes, grammar: Grammar, path: str) -> None:
        self._root = root
        self._grammar = grammar
        self._path = path
        self._kinds = grammar.functions | (grammar.declarations if path.endswith(grammar.headers) else frozenset())
        self._blank = {row for row, line in enumerate(data.split(b"\n")) if not line.strip()}
        self._rows: list[int] = []
        """Those with code, in order."""
        self._tokens: list[_Token] = []
        self._hidden: list[tuple[str, int]] = []
        self._found: list[_Found] = []
        self._blocks: list[list[_Statement]] = []
        self._scopes: list[str | None] = [""]
        self._inside = 0
        """Functions around what is being walked through."""
        self._decided = 0
        self._decided_inside = 0
        self._statements = 0
        self._depth = 0
        self._walk()

    def functions(self) -> Iterator[Function]:
        for one in sorted(self._found, key=lambda found: found.first_row):
            name = text_of(one.name) if one.name else f"the function at line {one.first_row + 1}"
            lines = bisect_right(self._rows, one.last_row) - bisect_left(self._rows, one.first_row)
            yield Function(name=name, lines=lines, decisions=one.decisions)

    def decisions_outside(self) -> int:
        return self._decided - self._decided_inside

    def heads(self) -> Iterator[Head]:
        exported = self._grammar.exported(self._root)
        for one in self._found:
            if one.name is not None and one.within is not None:
                name = bare_name(one.name)
                marks = frozenset(self._grammar.marks(one.node)) | ({"export"} if name in exported else set())
                within = one.within or self._grammar.owner(one.node)
                yield Head(name=name, within=within, parts=tuple(self._grammar.parts(one.node)), marks=marks)

    def names(self) -> Iterator[tuple[str, int]]:
        return (
            (name, token.row + 1) for token in self._tokens if token.name for name in re.findall(r"\w+", token.text)
        )

    def hidden(self) -> Iterator[tuple[str, int]]:
        yield from self._hidden

    def runs(self, fewest: int) -> Iterator[Run]:
        for block in self._blocks:
            for start, first in enumerate(block):
                count = 0
                for statement in block[start : start + fewest]:
                    count += statement.size
                    if count >= fewest:
                        yield self._run(first.first, statement.stop)
                        break

    def _run(self, first: int, stop: int) -> Run:
        """Variables are told by when they first came up."""
        numbers: dict[str, str] = {}
        key = tuple(
            numbers.setdefault(token.text, f"\0{len(numbers)}") if token.variable else token.text
            for token in self._tokens[first:stop]
        )
        return Run(key=key, line=self._tokens[first].row + 1, first=first, last=stop - 1)

    # --- the walk

    def _walk(self) -> None:
        cursor = self._root.walk()
        frames: list[_Frame] = []
        while True:
            node = cursor.node
            if node is not None and not node.is_extra:
                frames.append(self._entered(node, cursor.field_name or "", frames))
                if cursor.goto_first_child():
                    continue
                self._token(node, cursor.field_name or "", frames)
                self._left(frames.pop())
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return
                self._left(frames.pop())

    def _entered(self, node: Node, field: str, frames: list[_Frame]) -> _Frame:
        grammar, kind = self._grammar, node.type
        parent = frames[-1].node if frames else None
        frame = _Frame(node, len(self._tokens), self._statements, self._decided)
        self._decided += grammar.decides.get(kind, 0)
        if parent is not None:
            self._decided += grammar.decides.get((parent.type, kind), 0)
            if kind == "=>" and node.prev_sibling is not None and node.prev_sibling.type == "_":
                self._decided -= 1  # the last arm of a `match` in a macro, whose parts are nothing but tokens
        if kind in grammar.unread:
            self._look_for_unread(node)
        if kind in grammar.blocks:
            self._blocks.append([])
            frame.block = self._blocks[-1]
        elif parent is not None and node.is_named and kind not in grammar.no_statements:
            frame.goes_to = self._block_around(frames[-1], field)
        if frame.goes_to is not None:
            self._statements += 1
            self._deeper(node)
        self._enter_scope(frame, parent)
        return frame

    def _look_for_unread(self, node: Node) -> None:
        for found in re.finditer(self._grammar.unread[node.type], text_of(node), re.DOTALL):
            if found["code"]:
                row = node.start_point.row + found.string.count("\n", 0, found.start("code"))
                self._hidden.append((plain(found["code"], 40), row + 1))
                break

    def _block_around(self, above: _Frame, field: str) -> list[_Statement] | None:
        """What a statement goes into; None for what is no statement."""
        if above.block is not None:
            return above.block if field not in ("value", "label") else None
        bodies = self._grammar.bodies
        if (above.node.type, field) in bodies or (above.node.type, "") in bodies:
            self._blocks.append([])
            return self._blocks[-1]
        return None

    def _deeper(self, node: Node) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError(f"{self._path}, line {node.start_point.row + 1}: more than {DEEPEST} statements deep")

    def _enter_scope(self, frame: _Frame, parent: Node | None) -> None:
        grammar, kind = self._grammar, frame.node.type
        if kind in self._kinds:
            name = grammar.name(frame.node, parent)
            if name is not None or kind in grammar.functions:
                frame.function = (name, self._scopes[-1])
                self._scopes.append(None)
                self._inside += 1
        elif kind in grammar.classes:
            own = bare_name(frame.node.child_by_field_name(grammar.classes[kind]))
            self._scopes.append(own if self._scopes[-1] is not None and own else None)

    def _left(self, frame: _Frame) -> None:
        if frame.goes_to is not None:
            self._depth -= 1
            frame.goes_to.append(_Statement(frame.first, len(self._tokens), self._statements - frame.statements))
        if frame.function is not None:
            name, within = frame.function
            first_row = (name or frame.node).start_point.row
            decisions = self._decided - frame.decided
            self._found.append(_Found(frame.node, name, within, first_row, frame.node.end_point.row, decisions))
            self._inside -= 1
            self._decided_inside += 0 if self._inside else decisions
        if frame.function is not None or frame.node.type in self._grammar.classes:
            self._scopes.pop()

    def _token(self, node: Node, field: str, frames: list[_Frame]) -> None:
        text = text_of(node).strip()
        if not text or text == ";":
            return
        kind = node.type
        around = [frame.node.type for frame in frames[-3:]]
        if self._grammar.hides and re.search(self._grammar.hides, f"{'/'.join(around)} {text}", re.DOTALL):
            self._hidden.append((plain(text, 40), node.start_point.row + 1))
        above = frames[-2].node.type if len(frames) > 1 else ""
        free = kind == "identifier" and not text[0].isupper() and (above, field) not in self._grammar.called
        name = kind == text or "identifier" in kind or kind.endswith(("_type", "preproc_arg"))
        self._tokens.append(_Token(text, node.start_point.row, free, name))
        last = self._rows[-1] if self._rows else -1
        rows = range(max(node.start_point.row, last + 1), node.end_point.row + 1)
        self._rows += [row for row in rows if row not in self._blank]
