"""What a number is a number of. The same runs answer three questions with three intervals; the name
stands beside each of them."""

from __future__ import annotations

from enum import StrEnum


class Estimand(StrEnum):
    """The question that an interval answers, by the name that is shown."""

    SAME_TASKS = "these tasks, run again"
    TASKS_LIKE_THESE = "tasks like these"
    WHOLE_BENCHMARK = "the whole benchmark"

    @property
    def sentence(self) -> str:
        """What the interval holds, for people who do not know the word."""
        return _SENTENCES[self]


DEFAULT = Estimand.TASKS_LIKE_THESE

_SENTENCES = {
    Estimand.SAME_TASKS: "Where the score of these same tasks would lie if they were run again and again; it says "
    "nothing about other tasks.",
    Estimand.TASKS_LIKE_THESE: "Where the score would lie on all tasks of this kind, these being a sample of them; it "
    "holds the luck of the tasks and that of the runs.",
    Estimand.WHOLE_BENCHMARK: "What a run of every task of this benchmark would give, as far as the part that was run "
    "can tell; with all of it run, nothing is left open.",
}
