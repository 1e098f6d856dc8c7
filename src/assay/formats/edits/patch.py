"""The edit format `patch`: files to add, update and delete between `*** Begin Patch` and `*** End Patch` (V4A).

The whole patch is applied or nothing of it. Where a snippet stands is found by its old lines, exactly, then whatever
the spaces at their ends, then at both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assay.formats.edits.applied import DEFAULT_FENCE, Applied, Budget, Fence, Malformed, plain_path
from assay.formats.edits.lines import find_lines
from assay.formats.edits.snippets import ACTIONS, Change, Snippet, add_lines, is_action, read_snippet

_BEGIN, _END = "*** Begin Patch", "*** End Patch"
_MOVE = "*** Move to: "
_SHOWN = 4000


def apply(reply: str, files: Mapping[str, str], *, fence: Fence = DEFAULT_FENCE) -> Applied:
    """The files after the patch. A reply that looks like none changes nothing."""
    lines = [line.rstrip("\r") for line in reply.splitlines()]
    begun = len(lines) > 1 and lines[0].startswith(_BEGIN)
    if not begun and not any(is_action(line) or line.startswith("@@") for line in lines):
        return Applied(files=dict(files))
    try:
        patch = _Patch(lines, int(begun), files)
        patch.read()
        return Applied(files=patch.files, edited=tuple(patch.edited))
    except Malformed as error:
        return Applied(files=dict(files), problem=f"The patch could not be applied, and nothing was changed. {error}")


class _Patch:
    def __init__(self, lines: list[str], at: int, files: Mapping[str, str]) -> None:
        self._lines = lines
        self._at = at
        self._original = files
        self._budget = Budget()
        self._places: dict[str, list[Change]] = {}
        self._actions: dict[str, str] = {}
        self.files = dict(files)
        self.edited: dict[str, None] = {}

    def read(self) -> None:
        """Raises Malformed at the first line that cannot be followed."""
        while self._at < len(self._lines) and self._lines[self._at] != _END:
            line = self._lines[self._at]
            self._at += 1
            action = next((name for name in ACTIONS if line.startswith(f"*** {name} File: ")), "")
            if action:
                self._act(action, line.partition(": ")[2].strip())
            elif line.strip():
                raise Malformed(f"This line belongs to no file of the patch: {line[:_SHOWN]}")

    def _act(self, action: str, named: str) -> None:
        if not named:
            raise Malformed(f"A line `*** {action} File:` names no file.")
        path = plain_path(named)
        if not path:
            raise Malformed(f"{action} File: {named[:_SHOWN]} is no path below the working folder")
        before = self._actions.get(path)
        if before not in (None, action) or before == action == "Add":
            raise Malformed(f"{path} has more than one action.")
        self._actions[path] = action
        {"Add": self._add, "Delete": self._delete, "Update": self._update}[action](path)
        self.edited[path] = None

    def _add(self, path: str) -> None:
        if path in self._original:
            raise Malformed(f"{path} cannot be added: it is there already.")
        added, self._at = add_lines(self._lines, self._at)
        text = "\n".join(added)
        self.files[path] = text if text.endswith("\n") else text + "\n"

    def _delete(self, path: str) -> None:
        if path not in self._original:
            raise Malformed(f"{path} cannot be deleted: it is not there.")
        self.files.pop(path, None)

    def _update(self, path: str) -> None:
        if path not in self._original:
            raise Malformed(f"{path} cannot be updated: it is not there.")
        target = path
        if self._at < len(self._lines) and self._lines[self._at].startswith(_MOVE):
            target = plain_path(self._lines[self._at].removeprefix(_MOVE).strip())
            self._at += 1
            if not target:
                raise Malformed("A line `*** Move to:` names no file below the working folder.")
        text = self._original[path]
        changes = self._places.setdefault(path, [])
        changes += self._changes(text.splitlines())
        self.files[target] = _changed(text, changes, path)
        self.edited[target] = None
        if target != path:
            self.files.pop(path, None)

    def _changes(self, lines: list[str]) -> list[Change]:
        """Of all snippets up to the next file: what is taken and put, by line of the original."""
        found: list[Change] = []
        place = 0
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if is_action(line) or line.startswith(_END):
                break
            self._budget.spend(8 * sum(map(len, lines)))
            place = self._scope(lines, place)
            snippet, self._at = read_snippet(self._lines, self._at)
            at = _place_of(snippet, lines, place)
            if at < 0:
                old = "\n".join(snippet.old)[:_SHOWN]
                raise Malformed(f"From line {place + 1} on, the file has no such lines:\n{old}")
            found += [Change(change.at + at, change.taken, change.put) for change in snippet.changes]
            place = at + len(snippet.old)
        return found

    def _scope(self, lines: list[str], place: int) -> int:
        """The line behind those that `@@` lines name."""
        scope: list[str] = []
        while self._at < len(self._lines) and self._lines[self._at].startswith("@@"):
            if named := self._lines[self._at][2:].strip():
                scope.append(named)
            self._at += 1
        if not scope:
            return place
        at = find_lines([line.strip() for line in lines], scope, place)
        if at < 0:
            raise Malformed("No line of the file is what a line with @@ names:\n" + "\n".join(scope)[:_SHOWN])
        return at + len(scope)


def _place_of(snippet: Snippet, lines: list[str], start: int) -> int:
    """Where the snippet's old lines stand; at the very end if it says so and they do."""
    if not snippet.old:
        return len(lines) if snippet.at_end else start
    last = len(lines) - len(snippet.old)
    starts = (last, start) if snippet.at_end and last >= 0 else (start,)
    return next((at for first in starts if (at := _loosely(lines, snippet.old, first)) >= 0), -1)


def _loosely(lines: Sequence[str], wanted: Sequence[str], start: int) -> int:
    looser: tuple[Callable[[str], str], ...] = (str, str.rstrip, str.strip)
    for form in looser:
        at = find_lines([form(line) for line in lines], [form(line) for line in wanted], start)
        if at >= 0:
            return at
    return -1


def _changed(text: str, changes: Sequence[Change], path: str) -> str:
    lines = text.splitlines()
    made: list[str] = []
    done = 0
    for change in sorted(changes, key=lambda one: one.at):
        if change.at < done:
            raise Malformed(f"Two changes of {path} overlap.")
        made += lines[done : change.at]
        made += change.put
        done = change.at + len(change.taken)
    made += lines[done:]
    return "\n".join(made) + "\n" if made or lines else ""


def render(wanted: Mapping[str, str], files: Mapping[str, str]) -> str:
    """One update a file, from the whole of it to the whole of the new one."""
    actions = (_action(path, files.get(path), text) for path, text in wanted.items() if files.get(path) != text)
    return f"{_BEGIN}\n{''.join(actions)}{_END}\n"


def _action(path: str, old: str | None, new: str) -> str:
    put = "".join(f"+{line}\n" for line in new.splitlines())
    if old is None:
        return f"*** Add File: {path}\n{put}"
    taken = "".join(f"-{line}\n" for line in old.splitlines())
    return f"*** Update File: {path}\n@@\n{taken}{put}"
