"""Scripts: what a file may say, which rule decides, and how a mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.errors import UserError
from assay.scripted.reply import torn
from assay.scripted.script import (
    Answer,
    Director,
    Match,
    Rule,
    Script,
    Trouble,
    load_script,
    parse_script,
)
from assay.scripted.talk import Asked, count, cut_at_stop, pieces, settle, tokens

SCRIPTS = Path(__file__).parent / "scripts"


@pytest.mark.parametrize("path", sorted(SCRIPTS.iterdir()), ids=lambda path: path.name)
def test_example_scripts_load(path: Path) -> None:
    """Every example script is one that the server takes."""
    script = load_script(path)
    assert "demo" in script.models
    assert script.rules


def test_an_empty_script_is_the_default_one() -> None:
    """A file without a word answers like no file at all."""
    assert parse_script("") == Script()


MISTAKES = [
    (
        "rules:\n  - answer: {text: a}\n    trubble: {}\n",
        "s.yaml:3: rules[0].trubble: unknown key; did you mean `trouble`?",
    ),
    ("rules:\n  - trouble:\n      status: abc\n", "s.yaml:3: rules[0].trouble.status: expected `int`, got `str`"),
    ("rules:\n  - trouble: {does: explode}\n", "s.yaml:2: rules[0].trouble.does: invalid enum value 'explode'"),
    ("rules:\n- {}\n- match: {regex: '('}\n", "s.yaml:3: rules[1].match.regex: not a regular expression: "),
    ("rules:\n  - match: {nth: 0}\n", "s.yaml:2: rules[0].match.nth: calls are counted from 1"),
    ("rules:\n  - times: 2\n", "s.yaml:2: rules[0].times: limits a trouble, and this rule has none"),
    ("rules:\n  - trouble: {status: 200}\n", "s.yaml:2: rules[0].trouble.status: an error is 400 to 599"),
    ("rules:\n  - trouble:\n      drip: -1\n", "s.yaml:3: rules[0].trouble.drip: must not be negative"),
    ("default:\n  chunk: 0\n", "s.yaml:2: default.chunk: must be at least 1"),
    ("models: demo\n", "s.yaml:1: models: expected `array`, got `str`"),
    ("- 1\n", "s.yaml:1: the script: expected `object`, got `array`"),
    ("rules: [\n", "s.yaml:2: column 1: "),
    ("answer: {}\n", "s.yaml:1: answer: unknown key"),
    ("a: \x07\n", "s.yaml: unacceptable character"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_a_mistake_is_one_line_with_line_and_field(text: str, message: str) -> None:
    """Whatever is wrong with a script is told in one line: file, line, field, problem."""
    with pytest.raises(UserError) as told:
        parse_script(text, name="s.yaml")
    assert str(told.value).startswith(message)
    assert "\n" not in str(told.value)


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    """Missing, a folder, not UTF-8: each is said with the file's name."""
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("default: {text: größer}".encode("latin-1"))
    with pytest.raises(UserError, match=r"latin.yaml: not UTF-8 \(byte 18\)"):
        load_script(latin)
    with pytest.raises(UserError, match=r"none\.yaml: No such file"):
        load_script(tmp_path / "none.yaml")
    with pytest.raises(UserError, match="directory"):
        load_script(tmp_path)


def choose(director: Director, text: str = "x", model: str = "demo") -> tuple[str, bool]:
    answer, trouble = director.choose(model=model, text=text)
    return answer.text, trouble is not None


def test_the_first_matching_rule_decides() -> None:
    """Text, pattern, model and count must all hold, and the order of the rules is the order of preference."""
    script = Script(
        rules=(
            Rule(match=Match(contains="a", model="big-*"), answer=Answer(text="big")),
            Rule(match=Match(regex=r"^\d+$"), answer=Answer(text="number")),
            Rule(match=Match(contains="a", nth=2), answer=Answer(text="second")),
            Rule(match=Match(contains="a", every=3), answer=Answer(text="third")),
        ),
        default=Answer(text="default"),
    )
    director = Director(script)
    assert choose(director, "a", "big-one")[0] == "big"
    assert choose(director, "123")[0] == "number"
    said = [choose(director, "a")[0] for _ in range(6)]
    assert said == ["default", "second", "default", "third", "default", "default"]
    assert choose(director, "b")[0] == "default"


def test_a_trouble_heals_after_so_many_calls() -> None:
    """`times` counts all matching calls, or those of each prompt; the rule's answer stays."""
    for per, expected in (("rule", [True, True, False, False]), ("prompt", [True, True, True, False])):
        director = Director(Script.troubled(Trouble(status=500), times=2, per=per))
        assert [choose(director, text)[1] for text in ("a", "a", "b", "a")] == expected


@pytest.mark.parametrize(
    ("stops", "expected"),
    [((), ("a b a", None)), (("b",), ("a ", "b")), (("z", "b a", "b"), ("a ", "b")), (("",), ("a b a", None))],
)
def test_the_first_stop_sequence_cuts(stops: tuple[str, ...], expected: tuple[str, str | None]) -> None:
    """An answer ends before the earliest stop sequence that it holds."""
    assert cut_at_stop("a b a", stops) == expected


def test_reasoning_spends_the_token_limit_too() -> None:
    """`max_tokens` covers reasoning and text together, and what is left out is not counted."""
    asked = Asked(model="demo", texts=("12345", "1"), last="1", max_tokens=3)
    said = settle(Answer(text="abcdefgh", reasoning="12345678"), asked, number=1)
    assert (said.reasoning, said.text, said.finish) == ("12345678", "abcd", "length")
    assert (said.usage.input, said.usage.output, said.usage.reasoning) == (3, 3, 2)


@given(text=st.text(max_size=60), chunk=st.integers(1, 9))
def test_pieces_are_the_text_and_tokens_its_count(text: str, chunk: int) -> None:
    """However a text is cut into events, nothing is lost, and each piece knows its first token."""
    cut = list(pieces(text, chunk=chunk))
    assert "".join(piece for _, piece in cut) == "".join(tokens(text)) == text
    assert len(tokens(text)) == count(text)
    assert [tokens(text)[start] for start, _ in cut] == [piece[:4] for _, piece in cut]


@given(parts=st.lists(st.binary(max_size=20), max_size=9), size=st.integers(1, 9))
def test_tearing_changes_only_the_seams(parts: list[bytes], size: int) -> None:
    """Torn bytes are the same bytes, in pieces of exactly the size asked for but the last."""
    cut = list(torn(iter(parts), size))
    assert b"".join(cut) == b"".join(parts)
    assert all(len(piece) == size for piece in cut[:-1])
