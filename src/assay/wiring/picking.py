"""Which entrants a person means by MODEL, RUN or RUN:MODEL. What fits two ways is refused, with both
spellings. Reads the runs' plans; refuses to know scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from assay.core.errors import StorageError, UserError
from assay.core.names import did_you_mean
from assay.store.journal import RunFolder
from assay.store.runs import find_run, run_folders


class Picked(NamedTuple):
    """One entrant of one run."""

    folder: RunFolder
    model: str

    @property
    def spelling(self) -> str:
        return f"{self.folder.path.name}:{self.model}"


def pick(root: Path, names: Sequence[str], *, among: Sequence[str] = ()) -> list[Picked]:
    """One entrant per name, in order; a single name may be a run, and means all models in it."""
    runs = _runs(root, names, among)
    if len(names) == 1 and not any(names[0] in run.entrants for run in runs):
        for run in runs:
            if run.is_called(names[0]):
                return [Picked(run.folder, model) for model in run.models]
    picked = [_one(root, runs, name) for name in names]
    doubled = next((one for at, one in enumerate(picked) if one in picked[:at]), None)
    if doubled is not None:
        raise UserError(f"{doubled.spelling} is named twice: a comparison wants two different entrants")
    return picked


class _Run:
    """A run and its entrants' names, read once."""

    def __init__(self, folder: RunFolder) -> None:
        entrants = folder.plan.entrants
        self.folder = folder
        self.entrants = [entrant.name for entrant in entrants]
        self.models = [entrant.name for entrant in entrants if not entrant.built_in] or self.entrants
        """What the run's own name stands for: of a run that only built-in entrants took part in, those."""

    def is_called(self, name: str) -> bool:
        return name in (self.folder.path.name, str(self.folder.path))


def _runs(root: Path, names: Sequence[str], among: Sequence[str]) -> list[_Run]:
    """Those of `--runs`; else all that can be read, and those that are named by their path."""
    if among:
        return [_Run(find_run(root, name)) for name in among]
    found = run_folders(root)
    known = {folder.path.resolve() for folder in found}
    for name in names:
        for candidate in (Path(name), Path(name.rpartition(":")[0] or name)):
            if (candidate / "run.json").is_file() and candidate.resolve() not in known:
                known.add(candidate.resolve())
                found.append(RunFolder(candidate))
    runs: list[_Run] = []
    for folder in found:
        with suppress(StorageError):  # a damaged run that nobody named is no reason to stop
            runs.append(_Run(folder))
    if not runs:
        raise UserError(f"there is no run in {root} yet; `assay run` makes one, `assay import` reads one")
    return runs


def _one(root: Path, runs: Sequence[_Run], name: str) -> Picked:
    fitting = list(dict.fromkeys(_ways(runs, name)))
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        ways = f"{name!r} fits {len(fitting)} ways: {_spellings(fitting)}"
        raise UserError(f"{ways}; write one of these, or say which run with --runs RUN")
    known = [known for run in runs for known in (run.folder.path.name, *run.entrants)]
    raise UserError(f"no model and no run in {root} is called {name!r}: {did_you_mean(name, dict.fromkeys(known))}")


def _ways(runs: Sequence[_Run], name: str) -> Iterator[Picked]:
    """Every reading of one name. A model's name may hold colons itself, and so may a path."""
    for run in runs:
        if name in run.entrants:
            yield Picked(run.folder, name)
        if run.is_called(name):
            yield from (Picked(run.folder, model) for model in run.models)
        for at in (at for at, char in enumerate(name) if char == ":"):
            if run.is_called(name[:at]) and name[at + 1 :] in run.entrants:
                yield Picked(run.folder, name[at + 1 :])


def _spellings(fitting: Sequence[Picked]) -> str:
    shown = [one.spelling for one in fitting[:6]]
    return ", ".join(shown) + (f" and {len(fitting) - 6} more" if len(fitting) > 6 else "")
