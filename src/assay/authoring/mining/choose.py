"""Which commits may become tasks, told from the paths that they change. Pure; a commit is dropped with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import msgspec

from assay.authoring.mining.history import FILE, Changed
from assay.formats.edits.applied import plain_path
from assay.formats.languages import LANGUAGES as SPOKEN
from assay.formats.languages import language_of_path
from assay.formats.test_paths import LANGUAGES, is_aside, is_test, steers_tests
from assay.suites.tree import is_skipped

MOST_CODE = 8
"""Files of code that a commit may change: more is no single thing to mend."""
MOST_TESTS = 40
TESTS_INSIDE = ("rust",)
"""Languages whose tests stand in files of code as well: whether one was changed is seen there."""
NO_CODE, NO_TESTS = "changes no code", "changes no tests"


class Candidate(msgspec.Struct, frozen=True):
    """What a commit changes that concerns a task."""

    language: str
    code: tuple[str, ...]
    tests: tuple[str, ...]
    """Those that it adds or changes, and those that it removes."""


def choose(changes: Sequence[Changed], *, languages: Sequence[str] = ()) -> Candidate | str:
    """What to try, or why not."""
    kept = [change for change in changes if not is_aside(change.path)]
    spoken = Counter(language_of_path(change.path) for change in kept)
    known = [(count, language) for language, count in spoken.items() if language in LANGUAGES]
    if not known:
        return "changes no code in a language whose tests are known"
    _, language = max(known)
    if languages and language not in languages:
        return "is in another language than asked for"
    tests = [change for change in kept if is_test(change.path, language) or steers_tests(change.path, language)]
    code = [change for change in kept if change not in tests]
    if not any(change.path.endswith(SPOKEN[language].suffixes) for change in code):
        return NO_CODE
    inside = language in TESTS_INSIDE and any(change.status == "M" for change in code)
    if not inside and not any(is_test(change.path, language) and change.status in "AM" for change in tests):
        return NO_TESTS
    if len(code) > MOST_CODE or len(tests) > MOST_TESTS:
        return f"changes more than {MOST_CODE} files of code or {MOST_TESTS} of tests"
    if any(change.status not in "AM" for change in code):
        return "removes or renames files: an answer cannot say that"
    if any(mode not in (*FILE, "000000") for change in code for mode in change.modes):
        return "changes links or submodules"
    if not all(usable(change.path) for change in kept):
        return "has paths that cannot be used"
    return Candidate(language, tuple(change.path for change in code), tuple(change.path for change in tests))


def collide(paths: Collection[str]) -> bool:
    """Whether one is a file and the folder of another: git's own tools make no such trees."""
    known = set(paths)
    return any(path[:at] in known for path in known for at, letter in enumerate(path) if letter == "/")


def usable(path: str) -> bool:
    """A path that a task's folder can hold on any system, and that no tool leaves behind by itself."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return plain_path(path) == path and not any(is_skipped(part) for part in path.split("/")) and "\\" not in path
