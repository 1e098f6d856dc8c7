"""One question, one answer: what is asked, and what a reply amounts to."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from assay.core.entrant import Entrant
from assay.core.errors import Fault, ProviderError, UserError
from assay.core.judging import Attempt, Verdict
from assay.core.messages import Message, Reply, Request, Sampling, Subject, Tool
from assay.core.task import Ask, Extract, Task
from assay.formats.fim import FAMILIES, family
from assay.solvers import solver_class
from assay.solvers.one_shot import OneShot

TASK = Task(
    id="python/t",
    language="python",
    ask=Ask(messages=(Message("user", "Write f."),), stop=("\n\n\n", "END")),
    extract=Extract(path="a.py"),
)
ENTRANT = Entrant(name="m", type="openai", system="Be brief.", sampling=Sampling(temperature=0.5, stop=("END", "x")))
CODE = "```python\ndef f(): pass\n```\n"


class OneAnswer:
    """A model that gives one reply, or fails, and keeps what it was asked."""

    def __init__(self, reply: Reply | ProviderError) -> None:
        self.answer = reply
        self.asked: list[Request] = []

    async def reply(self, request: Request) -> Reply:
        self.asked.append(request)
        if isinstance(self.answer, ProviderError):
            raise self.answer
        return self.answer

    async def close(self) -> None:
        return None


async def never(attempt: Attempt) -> Verdict:
    raise AssertionError("one shot asks for no verdict")


async def solve(reply: Reply | ProviderError, task: Task = TASK, entrant: Entrant = ENTRANT) -> tuple[Attempt, Request]:
    model = OneAnswer(reply)
    attempt = await OneShot(suite="s").solve(task, model, entrant, 3, never)
    (request,) = model.asked
    return attempt, request


async def test_what_is_asked() -> None:
    """The task's messages under the entrant's system prompt and settings; the task's stops are added."""
    _, request = await solve(Reply(CODE))
    assert request.messages == (Message("system", "Be brief."), Message("user", "Write f."))
    assert request.sampling == Sampling(temperature=0.5, stop=("END", "x", "\n\n\n"))
    assert request.subject == Subject("s", "python/t", 3)


async def test_text_to_go_on_with() -> None:
    """A prompt with a suffix is passed on as it is; a system prompt has no place in it; tools go along."""
    tool = Tool("t")
    task = Task(id="t", ask=Ask(prompt="def f():", suffix="end", tools=(tool,)), extract=Extract("span", "a.py"))
    _, request = await solve(Reply(" pass"), task)
    assert (request.prompt, request.suffix, request.tools, request.messages) == ("def f():", "end", (tool,), ())


async def test_a_gap_in_the_tokens_of_a_family() -> None:
    """With `fim`, prefix and suffix become one text that ends where the middle begins; other tasks are not touched."""
    task = Task(id="t", ask=Ask(prompt="def f():", suffix="end"), extract=Extract("raw", "a.py"))
    entrant = msgspec.structs.replace(ENTRANT, options={"fim": "qwen"})
    _, request = await solve(Reply(" pass"), task, entrant)
    assert (request.prompt, request.suffix) == ("<|fim_prefix|>def f():<|fim_suffix|>end<|fim_middle|>", None)
    assert request.sampling.stop[-2:] == ("<|endoftext|>", "<|file_sep|>")
    assert FAMILIES["codestral"].prompt("a", "b") == "[SUFFIX]b[PREFIX]a"
    assert (await solve(Reply(CODE), entrant=entrant))[1] == (await solve(Reply(CODE)))[1]
    with pytest.raises(UserError, match="did you mean “qwen”"):
        family("qwen2")


async def test_code_is_taken() -> None:
    """The attempt holds the files and the reply as it came."""
    attempt, _ = await solve(Reply("Sure.\n" + CODE, finish_reason="stop"))
    assert attempt == Attempt(completion="Sure.\n" + CODE, files={"a.py": "def f(): pass\n"}, finish_reason="stop")


@pytest.mark.parametrize(
    ("text", "finish_reason", "problem", "reason"),
    [
        ("", "stop", "invalid", "the reply is empty"),
        ("I can't help with that.", "stop", "invalid", "there is no code in the reply"),
        ("Let me think", "length", "invalid", "there is no code in the reply (cut off at the length limit)"),
        ("I can't.", "refusal", "refused", "the model would not answer (refusal)"),
        ("", "content_filter", "refused", "the model would not answer (content_filter)"),
        (CODE, "content_filter", "", ""),
        (CODE[:-5], "length", "", ""),
    ],
)
async def test_replies_without_code(text: str, finish_reason: str, problem: str, reason: str) -> None:
    """Words never count as a refusal, the vendor's signal does; whatever holds code is judged."""
    attempt, _ = await solve(Reply(text, finish_reason=finish_reason))
    assert (attempt.problem, attempt.reason, attempt.completion) == (problem, reason, text)
    assert attempt.finish_reason == finish_reason
    assert bool(attempt.files) == (problem == "")


async def test_words_as_an_answer() -> None:
    """A task that is answered in words gets them, without the thinking."""
    task = Task(id="t", ask=Ask(), extract=Extract("text"))
    attempt, _ = await solve(Reply("<think>hm</think>\nYes."), task)
    assert (attempt.text, attempt.files, attempt.problem) == ("Yes.", {}, "")


async def test_a_failing_model_is_no_attempt() -> None:
    """What the endpoint did wrong goes up as it is."""
    with pytest.raises(ProviderError):
        await solve(ProviderError("gone", fault=Fault.CONNECT))


def test_names() -> None:
    """A solver is known by name."""
    made: Any = solver_class("one_shot")(suite="s")
    assert isinstance(made, OneShot)
    with pytest.raises(UserError, match="did you mean “one_shot”"):
        solver_class("oneshot")
