"""Whether files are of the shape that is asked; the readers say what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from assay.core.names import find
from assay.formats.shapes.asked import Shape
from assay.formats.shapes.source import Reader, Source

LARGEST = 64 * 1024
"""Characters of all files together."""

_HERE = "assay.formats.shapes"

READERS: dict[str, str] = {
    "python": f"{_HERE}.python:PYTHON",
    "javascript": f"{_HERE}.script:JAVASCRIPT",
    "typescript": f"{_HERE}.script:TYPESCRIPT",
    "go": f"{_HERE}.go:GO",
    "rust": f"{_HERE}.rust:RUST",
    "java": f"{_HERE}.java:JAVA",
    "cpp": f"{_HERE}.cpp:CPP",
}
"""Language → its reader; imported on use."""


def reader(language: str) -> Reader:
    """The reader of a language. Raises UserError for one whose shape cannot be looked at."""
    found: Reader = find(READERS, language, what="language of a shape")
    return found


def may_be_there(path: str, text: str, *, language: str) -> bool:
    """Whether a file of an answer's own may stand beside code whose shape is looked at: it is looked at as well, or it
    holds data alone. Languages load code from files of any name."""
    if path.endswith(reader(language).suffixes):
        return True
    try:
        msgspec.json.decode(text.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def shape_fault(shape: Shape, files: Mapping[str, str], *, language: str) -> str:
    """The first thing in which `files` are not of that shape; empty when there is none."""
    reads = reader(language)
    texts = {path: text for path, text in files.items() if path.endswith(reads.suffixes)}
    if sum(map(len, texts.values())) > LARGEST:
        return f"the files have more than {LARGEST >> 10} KiB"
    try:
        sources = {path: reads.read(path, text) for path, text in texts.items()}
        faults = (fault for look in _LOOKS for fault in look(shape, sources, reads))
        return next(faults, "")
    except ValueError as error:
        return str(error)
    except (RecursionError, MemoryError):
        return "the code is nested too deeply to look at its shape"


# --- what is looked at ------------------------------------------------------------------------------------------

_Sources = Mapping[str, Source]


def _hidden(_shape: Shape, sources: _Sources, _reads: Reader) -> Iterator[str]:
    for path, source in sources.items():
        for what, line in source.hidden():
            yield f"{path}, line {line}: {what} keeps code where nobody can look at its shape"


def _functions(shape: Shape, sources: _Sources, reads: Reader) -> Iterator[str]:
    for wanted in shape.functions:
        head = reads.read_head(wanted.signature, wanted.within)
        name = f"{head.within}.{head.name}" if head.within else head.name
        if wanted.file not in sources:
            yield f"there is no {wanted.file}"
            continue
        within = head.within or reads.home(wanted.file)
        found = [one for one in sources[wanted.file].heads() if (one.name, one.within) == (head.name, within)]
        if not found:
            yield f"{wanted.file} defines no {name}"
        elif not any(one.meets(head) for one in found):
            yield f"{name} in {wanted.file} is not {wanted.signature}"


def _absent(shape: Shape, sources: _Sources, _: Reader) -> Iterator[str]:
    for path, names in shape.absent.items():
        for name, line in sources[path].names() if path in sources else ():
            if name in names:
                yield f"{name} still stands in {path}, line {line}"


def _lengths(shape: Shape, sources: _Sources, _: Reader) -> Iterator[str]:
    for path, source in sources.items() if shape.most_lines else ():
        for one in source.functions():
            if one.lines > shape.most_lines:
                yield f"{one.name} in {path} has {one.lines} lines, more than {shape.most_lines}"


def _decisions(shape: Shape, sources: _Sources, _: Reader) -> Iterator[str]:
    for path, source in sources.items() if shape.most_decisions else ():
        for one in source.functions():
            if one.decisions > shape.most_decisions:
                yield f"{one.name} in {path} decides {one.decisions} times, more than {shape.most_decisions}"
        outside = source.decisions_outside()
        if outside > shape.most_decisions:
            yield f"outside of functions, {path} decides {outside} times, more than {shape.most_decisions}"


def _repetitions(shape: Shape, sources: _Sources, _: Reader) -> Iterator[str]:
    seen: dict[object, tuple[str, int, int]] = {}
    for path, source in sources.items() if shape.repeated else ():
        for run in source.runs(shape.repeated):
            other, line, last = seen.setdefault(run.key, (path, run.line, run.last))
            if other != path or run.first > last:
                yield f"{other}, line {line}, and {path}, line {run.line}, say the same"


_Look = Callable[[Shape, _Sources, Reader], Iterator[str]]

_LOOKS: tuple[_Look, ...] = (_hidden, _functions, _absent, _lengths, _decisions, _repetitions)
