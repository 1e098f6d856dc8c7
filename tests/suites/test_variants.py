"""Variants: the same task in other words, with other numbers, and everything that belongs to it in step."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from task_files import FILES, write_files, write_suite

from assay.core.errors import UserError
from assay.core.task import Task
from assay.suites import folder as folder_module
from assay.suites import load
from assay.suites.folder import load_folder
from assay.suites.formula import LONGEST, evaluate
from assay.suites.renaming import Renaming, read_word
from assay.suites.select import select

T = "tasks/python/double"
NAMES = {"double": ["twofold", "doubling"]}
WORDS = '[words]\ndouble = ["twofold", "doubling"]\n'


def renamed(text: str, words: dict[str, str], *, keep: tuple[str, ...] = ()) -> str:
    return Renaming({read_word(word): read_word(other) for word, other in words.items()}, keep=keep).apply(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("free_slots FREE_SLOTS free-slots", "open_gaps OPEN_GAPS open-gaps"),
        ("freeSlots FreeSlots listFreeSlots free_slots_of", "openGaps OpenGaps listOpenGaps open_gaps_of"),
        ("Free slots, free slots and Free Slots", "Open gaps, open gaps and Open Gaps"),
        ("a free\n    slot, free slots2", "a open\n    gap, open gaps2"),
        ("carefree slots, free slotted, free lists", "carefree slots, free slotted, free lists"),
        ("free, slot", "free, slot"),
        ("free Slot", "free Slot"),
        (r'"\nfree_slot\tfree slots"', r'"\nopen_gap\topen gaps"'),
        (r"\u00e4free_slot äfree_slot", r"\u00e4open_gap äfree_slot"),
    ],
)
def test_a_word_is_replaced_in_every_style(text: str, wanted: str) -> None:
    """Each style of a word, and its plural, becomes the same style of the other; a part of a longer word is no word."""
    assert renamed(text, {"free_slot": "open_gap"}) == wanted


@pytest.mark.parametrize(
    ("words", "text", "wanted"),
    [
        ({"city": "box"}, "cities City's CITIES", "boxes Box's BOXES"),
        ({"leaf/leaves": "child/children"}, "leaf, Leaves", "child, Children"),
        ({"Order": "Booking"}, "in order: Order, orders, ListOrders, ORDER", "in order: Booking, orders, ListBookings, ORDER"),
        ({"order": "booking", "order_state": "phase_name"}, "order_state orderState order", "phase_name phaseName booking"),
    ],
)  # fmt: skip
def test_plurals_capitals_and_longer_words(words: dict[str, str], text: str, wanted: str) -> None:
    """Plurals follow the simple rule or what is said; a word with a capital stands for itself; the longest word wins."""
    assert renamed(text, words) == wanted


def test_what_is_kept_is_left_alone() -> None:
    """A phrase that must stay, such as the name of a header, does."""
    text = "retry_after reads Retry-After"
    assert renamed(text, {"retry_after": "wait_hint"}, keep=("Retry-After",)) == "wait_hint reads Retry-After"


@settings(max_examples=60)
@given(st.text(alphabet="abAB _-\n\\1ä.", max_size=60))
def test_no_word_is_left_or_half_replaced(text: str) -> None:
    """After a renaming none of the words is left, and going back gives the text as it was."""
    there, back = {"a": "x", "b_a": "y_z"}, {"x": "a", "y_z": "b_a"}
    made = renamed(text, there)
    assert not Renaming({read_word(word): read_word(other) for word, other in there.items()}).occurring(made)
    assert renamed(made, back) == text


FORMULAS = st.recursive(
    st.one_of(st.integers(0, 50).map(str), st.sampled_from(["limit", "size"])),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "//", "%"]), inner).map(" ".join),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"-{one}"),
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(FORMULAS)
def test_formulas_agree_with_python(formula: str) -> None:
    """Whole-number arithmetic is Python's, and a division by 0 is said."""
    numbers = {"limit": 7, "size": -3}
    try:
        wanted = eval(formula, {}, numbers)
    except ZeroDivisionError:
        wanted = None
    if len(formula) > LONGEST:
        return
    if wanted is None:
        with pytest.raises(ValueError, match="divides by 0"):
            evaluate(formula, numbers)
    else:
        assert evaluate(formula, numbers) == wanted


@settings(max_examples=60)
@given(st.text(alphabet="limt0129+-*/%() _.ä²", max_size=LONGEST + 5))
def test_formulas_are_total(formula: str) -> None:
    """Whatever stands there, it is a whole number or a ValueError."""
    try:
        assert isinstance(evaluate(formula, {"limit": 3}), int)
    except ValueError as fault:
        assert str(fault)


@pytest.mark.parametrize(
    "formula", ["(" * LONGEST, "-" * LONGEST, "__import__('os')", "limit.real", "2 ** 9", "lambda: 1", ""]
)
def test_formulas_are_safe(formula: str) -> None:
    """Neither depth nor Python's own words get through."""
    with pytest.raises(ValueError):
        evaluate(formula, {"limit": 3})


NUMBERED = {
    "prompt.md": "Mend `double`: it returns its argument «times» times as large.\n",
    "solution/double.py": "def double(x):\n    return «times» * (x + 0)\n",
    "mutants/text/double.py": "def double(x):\n    return «times» * x\n",
    "mutants/square/double.py": "def double(x):\n    return (x + 0) ** «times + 1»\n",
    "tests/cases.jsonl": '{"name": "two", "call": "double", "args": [2], "returns": «2 * times»}\n'
    '{"name": "no", "call": "double", "args": ["«times:03»"], "raises": "TypeError"}\n',
    "variants.toml": f"""
[words]
double = {NAMES["double"]}

[numbers]
times = [2, 5, 6]

[[wording]]
text = "it returns its argument «times» times as large"
others = ["give back «times» times the argument", "the result is the argument, times «times»"]
""",
}


def one(root: Path, variant: int) -> Task:
    return load_folder(root, variant=variant).tasks[0]


def test_variant_0_is_the_task_as_written(tmp_path: Path) -> None:
    """With its first numbers filled in: the hash is the one that a task without variants has."""
    plain = {path: re.sub(r"«[^»]*»", "2", text) for path, text in NUMBERED.items() if path != "variants.toml"}
    plain["tests/cases.jsonl"] = NUMBERED["tests/cases.jsonl"].replace("«2 * times»", "4").replace("«times:03»", "002")
    plain["mutants/square/double.py"] = NUMBERED["mutants/square/double.py"].replace("«times + 1»", "3")
    with_variants, without = (
        one(write_suite(tmp_path / "a", {**NUMBERED}), 0),
        one(write_suite(tmp_path / "b", {**plain}), 0),
    )
    assert (with_variants.task_hash, with_variants.mutants) == (without.task_hash, without.mutants)
    assert (with_variants.variants, without.variants) == (2 * 2 * 2, 0)


@pytest.mark.parametrize("variant", range(1, 9))
def test_everything_changes_in_step(tmp_path: Path, variant: int) -> None:
    """Prompt, names of files, solution, mutants, api and cases are all of the one variant."""
    task = one(write_suite(tmp_path, {**NUMBERED}), variant)
    (path, source) = next(iter(task.solution.items()))
    name = path.removesuffix(".py")
    assert name in NAMES["double"]
    times = int(source.partition("return ")[2].partition(" *")[0])
    assert times in (5, 6)
    prompt = task.ask.messages[0].content
    assert name in prompt and str(times) in prompt and path in prompt
    assert "double" not in prompt and "as large" not in prompt
    assert task.extract.path == path and task.extract.api == (f"def {name}(x: int) -> int",)
    assert [case["call"] for case in task.grading["cases"]] == [name, name]
    assert task.grading["cases"][0]["returns"] == 2 * times
    assert task.grading["cases"][1]["args"] == [f"00{times}"]
    assert all(set(files) == {path} and "double" not in files[path] for files in task.mutants)


def test_a_variant_is_the_same_everywhere(tmp_path: Path) -> None:
    """It is drawn from the task's id and its number alone; different ones mostly differ."""
    first, second = (write_suite(tmp_path / name, {**NUMBERED}) for name in "ab")
    hashes = [one(first, variant).task_hash for variant in range(1, 41)]
    assert hashes == [one(second, variant).task_hash for variant in range(1, 41)]
    assert len(set(hashes)) == 8
    assert one(first, 0).task_hash not in hashes
    known = {n: next(iter(one(first, n).solution)) for n in (1, 2, 3, 4)}
    assert known == {1: "twofold.py", 2: "twofold.py", 3: "doubling.py", 4: "doubling.py"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"variants.toml": "[words]\n"}, 'words: needs words and others for each, like order = ["booking", "purchase"]'),
        ({"variants.toml": ""}, "changes nothing; give [words], [numbers] or [[wording]]"),
        ({"variants.toml": 'word = 1\n[words]\ndouble = ["x"]'}, "unknown key “word”: did you mean “words”?"),
        ({"variants.toml": '[words]\ndouble = ["two_fold"]'}, "“two_fold” has not as many parts as “double”"),
        ({"variants.toml": '[words]\ndouble = ["f(x)"]'}, "“f(x)” is no word"),
        ({"variants.toml": f'[words]\ndouble = ["{"a" * 99}!"]'}, "a!” is no word"),
        ({"variants.toml": '[words]\nentry = ["x"]'}, "“entry” is a word of the form of tasks"),
        ({"variants.toml": '[words]\ndouble = ["x"]\nmend = ["x"]'}, "“x” stands here twice"),
        ({"variants.toml": '[words]\ndouble = ["larger"]\nmend = ["large"]'}, "words: “large” is in the task already"),
        ({"variants.toml": '[words]\ntriple = ["x"]'}, "words: “triple” is in no file of the task"),
        ({"variants.toml": '[words]\ndouble = ["two"]\nmend_double = ["x_double"]'}, "words: “double” is replaced, and stands in"),
        ({"variants.toml": "[numbers]\nn = [1, 1]"}, "n: needs at least two different choices"),
        ({"variants.toml": "[numbers]\nn = [1, 2.0]"}, "n: needs a list of whole numbers"),
        ({"variants.toml": "[numbers]\nn = [1, 2]"}, "numbers: no file holds «n»"),
        ({"variants.toml": "[numbers]\nn = [1, 2]", "prompt.md": "«n» «m + 1»"}, "prompt.md:1: «m + 1» knows no number “m”"),
        ({"variants.toml": "[numbers]\nn = [1, 2]", "prompt.md": "\n«n / 2»"}, "prompt.md:2: «n / 2» “/” is no part of"),
        ({"variants.toml": "[numbers]\nn = [1, 2]", "prompt.md": "«n:2»"}, "«n:2» ends in “:2”, which is no number of digits"),
        ({"variants.toml": '[[wording]]\ntext = "Rend it"\nothers = ["x"]'}, "wording: “Rend it” is not in prompt.md"),
        ({"variants.toml": '[[wording]]\ntext = "Mend"'}, "each [[wording]] needs text and others, and nothing else"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    """A mistake in variants.toml is a line that names it, when a variant is made at the latest."""
    root = write_suite(tmp_path, {**changes})
    with pytest.raises(UserError) as caught:
        load_folder(root, variant=1)
    assert f"{T}/" in str(caught.value)
    assert said in str(caught.value)


def test_a_run_of_a_variant_is_about_tasks_that_have_variants(tmp_path: Path) -> None:
    """The others are left out and counted; where none is left, or a suite has none, that is said."""
    root = write_suite(tmp_path, {"variants.toml": WORDS})
    write_files(root / "tasks" / "python" / "other", dict(FILES))
    fresh = select(load_folder(root, variant=3))
    assert [task.id for task in fresh.tasks] == ["python/double"]
    assert fresh.without_variants == 1
    assert len(select(load_folder(root)).tasks) == 2
    with pytest.raises(UserError, match="there is no variant 3; none of these 1 tasks has variants"):
        select(load_folder(root, variant=3), ids=["*/other"])
    with pytest.raises(UserError, match="humaneval: takes no --variant"):
        load("humaneval", variant=3)


def test_what_is_not_part_of_the_task_stays(tmp_path: Path) -> None:
    """A README is not renamed; the names of mutants and of tests/cases.jsonl are no words of the task."""
    files = {"variants.toml": '[words]\ndouble = ["same"]\n', "README.md": "«double» is the same"}
    task = load_folder(write_suite(tmp_path, {**files}), variant=1).tasks[0]
    assert set(task.solution) == {"same.py"}


def test_the_suite_in_the_box_has_variants() -> None:
    """At least 40 tasks of `core`, in all its languages: each variant another task, with no word of the first left."""
    written = {task.id: task for task in load("core").tasks}
    seen: dict[str, set[str]] = {}
    for variant in (1, 2):
        made = select(load("core", variant=variant))
        assert len(made.tasks) >= 40
        assert {task.language for task in made.tasks} == {task.language for task in written.values()}
        assert made.without_variants == len(written) - len(made.tasks)
        for task in made.tasks:
            seen.setdefault(task.id, {written[task.id].task_hash}).add(task.task_hash)
            assert task.variants >= 8, task.id
            assert task.prompt_hash != written[task.id].prompt_hash
            assert "«" not in task.ask.messages[0].content
            assert not words_left(task), task.id
    assert sum(len(hashes) == 3 for hashes in seen.values()) >= 0.9 * len(seen)


def words_left(task: Task) -> list[str]:
    """Those that its variants.toml replaces, and that its code still has. (Its prompt has words of ours, too.)"""
    folder = Path(folder_module.__file__).with_name("core") / "tasks" / task.id
    table = tomllib.loads((folder / "variants.toml").read_text("utf-8"))
    words = {read_word(word): read_word(word) for word in table["words"]}
    texts = [text for files in (task.files, task.solution) for one in files.items() for text in one]
    found = Renaming(words, keep=table.get("keep", ())).occurring("\n\n\0".join(texts))
    return [word.written for word in found]
