"""What holds for every reply: nothing fails, nothing is slow, and what is rendered is taken back."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assay.core.task import Extract
from assay.formats.extract import LARGEST, render_files, take_code
from assay.formats.fences import read_blocks

LANGUAGES = ("python", "javascript", "typescript", "go", "rust", "java", "cpp")

PIECES = st.sampled_from(
    [
        "```",
        "````",
        "~~~",
        "```python",
        "``` js",
        "    ```",
        "<think>",
        "</think>",
        "<thinking>",
        "[THINK]",
        "[/THINK]",
        "def f(x):",
        "    return x",
        "`a.py`",
        "**b/c.py**",
        "- ",
        "1. ```",
        "> ",
        "\r",
        "\t",
        "\ufeff",
        "\x00",
        "Some words.",
        "",
    ]
)
LINES = st.lists(PIECES, max_size=6).map("".join)
REPLIES = st.lists(LINES, max_size=25).map("\n".join) | st.text(max_size=300)
PATHS = st.from_regex(r"[a-z_][a-z0-9_]{0,6}(/[a-z_][a-z0-9_]{0,6}){0,2}\.(py|js|rs|md|txt|h|toml)", fullmatch=True)


@given(
    REPLIES,
    st.sampled_from(["file", "files", "raw", "text", "span", "lines", "asserted-call", "concluded-value"]),
    st.sampled_from(LANGUAGES),
)
@settings(max_examples=400)
def test_no_reply_makes_it_fail(reply: str, form: str, language: str) -> None:
    """Whatever a model says, something is taken or a reason is given, never both and never neither."""
    taken = take_code(reply, Extract(form=form, path="a.py", api=("def f(x)",)), language=language)
    assert bool(taken.problem) != bool(taken.files or taken.text)
    for path, code in taken.files.items():
        assert not path.startswith("/")
        assert ".." not in path.split("/")
        code.encode("utf-8")


@given(st.dictionaries(PATHS, REPLIES, min_size=1, max_size=4), st.sampled_from(LANGUAGES))
@example({"a.md": "```python\nx\n```\n", "b.py": "`````"}, "python")
@example({"a.py": "</think>\n"}, "python")
@example({"a.py": "\n\n# a\n\n"}, "go")
@settings(max_examples=400)
def test_rendered_files_come_back(files: dict[str, str], language: str) -> None:
    """What `render_files` writes, `take_code` takes back to the letter, fences within and all."""
    files = {path: text.removesuffix("\n") + "\n" if text else "" for path, text in files.items()}
    taken = take_code(render_files(files, language=language), Extract(form="files"), language=language)
    assert taken.files == files


@given(REPLIES.filter(lambda text: bool(text.strip())), st.sampled_from(LANGUAGES))
@settings(max_examples=300)
def test_one_rendered_file_comes_back(text: str, language: str) -> None:
    """The same for a task that wants one file, whatever its language is taken to be."""
    files = {"src/answer.py": text.removesuffix("\n") + "\n"}
    extract = Extract(path="src/answer.py", api=("def f(x)", "g"))
    taken = take_code(render_files(files, language=language), extract, language=language)
    if "def f" not in text and "return" in text:  # a body gets its head
        return
    assert taken.files == files


@pytest.mark.parametrize(
    "reply",
    [
        "`" * 1_000_000,
        "`\n" * 500_000,
        "```\n" * 250_000,
        "```a\n" * 200_000,
        "```a\n    ```\n" * 80_000,
        "````\n```\n" * 110_000,
        "<think>" * 140_000,
        "<think>\n" * 120_000,
        "x\n<think>\n" * 100_000,
        "<think>\n</think>" * 60_000,
        "</think>\n" * 110_000,
        "def f(" * 160_000,
        "f(f(\n" * 200_000,
        "function" + " " * 1_000_000 + "f",
        "`a.py`\n```\n```\n" * 60_000,
        ("_" * 250 + "\n```\n```\n") * 3_800,
        "1. " * 330_000,
        " " * 1_000_000 + "x",
        "#" * 1_000_000,
        "a: " * 330_000,
        "import " * 140_000,
        "1. ```python\n" * 70_000,
        "\n" * 1_000_000 + "def f(x): return x",
        "```python name" + " name" * 180_000,
    ],
    ids=range(24),
)
@pytest.mark.timeout(60)  # what is not linear takes minutes, and fails by this
@pytest.mark.parametrize(("form", "language"), [("file", "cpp"), ("files", "python")])
def test_hostile_replies_are_read_in_linear_time(reply: str, form: str, language: str) -> None:
    """A megabyte of anything is read to its end."""
    extract = Extract(form=form, path="answer.cpp", api=("int f(int x)", "def g(x)"))
    taken = take_code(reply, extract, language=language)
    assert taken.problem or taken.files


def test_a_reply_beyond_bounds_is_no_answer() -> None:
    """More than 16 MiB is refused; a little less is taken."""
    extract = Extract(path="a.py")
    code = "x = 1\n" * 100
    assert "16 MiB" in take_code("ä" * (LARGEST // 2 + 1), extract, language="python").problem
    assert take_code("```python\n" + code + "```\n" + " " * 1_000_000, extract, language="python").files == {
        "a.py": code
    }


def test_a_block_knows_whether_it_ended() -> None:
    """A missing last fence can be told from a block that is whole."""
    assert [block.closed for block in read_blocks("```\na\n```\n```\nb\n").blocks] == [True, False]
