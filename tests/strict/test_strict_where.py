"""Where `--strict` means something, where it changes nothing, and where it is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assay.core.errors import UserError
from assay.graders import GRADERS, INSEPARABLE, STRICT
from assay.wiring.suites import Wish, choose_suite

OUTSIDE = {"cases", "by_task", "evalplus", "stdio", "text_match", "tool_calls", "tool_states", "refusals"}
ROW = {
    "name": "HumanEval_900_twice",
    "language": "py",
    "prompt": 'def twice(n: int) -> int:\n    """ Twice n.\n    """\n',
    "tests": "def check(candidate):\n    assert candidate(2) == 4\n\ncheck(twice)\n",
    "stop_tokens": ["\ndef"],
}


def test_every_grader_is_one_of_three_kinds() -> None:
    """Judged from outside anyway, or also from outside on request, or never, with a reason."""
    kinds = [OUTSIDE, {*STRICT, *STRICT.values()}, set(INSEPARABLE)]
    assert set().union(*kinds) == set(GRADERS)
    assert sum(map(len, kinds)) == len(GRADERS)


def test_what_cannot_be_strict_is_refused(tmp_path: Path) -> None:
    """Nobody is left to believe that such a verdict was strict: one line says why it cannot be."""
    (tmp_path / "humaneval-py.jsonl").write_text(json.dumps(ROW) + "\n")
    with pytest.raises(UserError, match=r"multipl-e:py: --strict cannot be had: .* one program, .*; leave --strict"):
        choose_suite("multipl-e:py", Wish(strict=True, data=str(tmp_path)))
    assert choose_suite("multipl-e:py", Wish(data=str(tmp_path))).suite.grader == "program"


def test_what_is_strict_anyway_stays_as_it_is() -> None:
    """Asking for it changes neither grader nor record."""
    asked, plain = choose_suite("core", Wish(strict=True)), choose_suite("core", Wish())
    assert asked.suite.grader == plain.suite.grader == "by_task"
