"""A conversation about files: what is said in which order, while edits come in and are applied. No model is asked here.

The order is that of Aider's chat: the format, what was said before, the files as they are now, the open question. A
reply whose edits were applied belongs to what was said before, as the files show what it did.
"""

from __future__ import annotations

from collections.abc import Mapping

from assay.core.messages import Message
from assay.formats.edits import apply
from assay.formats.edits.applied import DEFAULT_FENCE, Applied, Fence
from assay.formats.edits.wording import reminder, system

_FENCES: tuple[Fence, ...] = (
    DEFAULT_FENCE,
    ("````", "````"),
    *((f"<{name}>", f"</{name}>") for name in ("source", "code", "pre")),
)
_SHOWN = "These are the files that you may change, as they are now; older listings are out of date."
_SEEN = "I will change these files."
_APPLIED = "The changes are in the files."
_GOOD = "Good."


class Talk:
    """One conversation, from the first question to the last reply."""

    def __init__(self, form: str, files: Mapping[str, str]) -> None:
        """`form` is the edit format's name; `files` are those that may be changed."""
        self._form = form
        self._before: list[Message] = []
        self._open: list[Message] = []
        self.files = dict(files)

    def ask(self, question: str) -> tuple[Message, ...]:
        """All that is sent to have this answered."""
        self._open.append(Message("user", question))
        fence = self._fence()
        *earlier, last = self._open
        asked = Message("user", f"{last.content}\n\n{reminder(self._form, fence)}")
        return (
            Message("system", system(self._form, fence)),
            *self._before,
            Message("user", f"{_SHOWN}\n{self._listed(fence)}"),
            Message("assistant", _SEEN),
            *earlier,
            asked,
        )

    def answer(self, reply: str) -> Applied:
        """What the reply's edits come to; they are in `files` from now on."""
        applied = apply(self._form, reply, self.files, fence=self._fence())
        self.said(reply)
        self.files = dict(applied.files)
        if applied.edited:
            self._before += [*self._open, Message("user", _APPLIED), Message("assistant", _GOOD)]
            self._open = []
        return applied

    def said(self, reply: str) -> None:
        """Keeps a reply without following it."""
        self._open.append(Message("assistant", reply))

    def _fence(self) -> Fence:
        """The first that no line of a file begins with."""
        lines = [line for text in self.files.values() for line in text.splitlines()]
        free = (fence for fence in _FENCES if not any(line.startswith(fence) for line in lines))
        return next(free, DEFAULT_FENCE)

    def _listed(self, fence: Fence) -> str:
        return "".join(f"\n{path}\n{fence[0]}\n{text}{fence[1]}\n" for path, text in self.files.items())
