"""A slip is one clear line with what to do, exit code 2, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.cli import main

SUITE_TOML = 'name = "mine"\nversion = "1"\ntitle = "Mine"\nlicence = "MIT"\n'


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Runs the command in an empty folder; gives its exit code and what it said on stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ASSAY_RUNS", raising=False)

    def call(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        code = left.value.code
        assert isinstance(code, int)
        return code, capsys.readouterr().err

    return call


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rnu"], "did you mean “run”"),
        (["run", "--modle", "x"], "No such option '--modle'"),
        (["run", "-n", "0"], "0 is not in the range x>=1"),
        (["run", "-n", "many"], "'many' is not a valid integer"),
        (["run", "--max-cost", "-1"], "-1.0 is not in the range x>0"),
        (["run", "no-such-suite"], "unknown suite “no-such-suite”"),
        (["run", "no-such-suite", "--data", "x.jsonl"], "unknown suite “no-such-suite”"),
        (["run", "nothing-like-it"], "toolcalls. A folder of your own"),
        (["run", "HumanEvalPlus:base"], "did you mean “humaneval+”?"),
        (["run", "humaneval", "--data", "absent.gz"], "absent.gz: there is no such file or folder; --data names"),
        (["run", "livecodebench", "--data", "absent"], "absent: there is no such file or folder; --data names"),
        (["run", "./no-such-folder"], "no-such-folder: there is no such folder"),
        (["run", "core", "--language", "pyhton"], "did you mean “python”"),
        (["run", "core", "--category", "bugs"], "bugfix"),
        (["tasks", "show", "core", "quite-another"], "go/review-sessions and 160 more"),
        (["run", "humaneval", "--variant", "3"], "takes no --variant; core does"),
        (
            ["run", "humaneval", "--protocol", "official"],
            "another way of asking is a part of the suite: humaneval:base",
        ),
        (["run", "--models", "absent.yaml"], "absent.yaml: there is no such file"),
        (["run", "-m", "anthropc/claude"], "did you mean “anthropic”"),
        (["run", "-m", "anthropic/claude"], "$ANTHROPIC_API_KEY is not set"),
        (["run", "-m", "reference", "-m", "reference"], "used twice"),
        (["run", "-m", "recorded/absent.jsonl"], "absent.jsonl"),
        (["run", "--name", "../elsewhere", "-m", "reference"], "use letters, digits"),
        (["run", "--resume", "absent"], "there is no run 'absent'"),
        (["run", "--resume"], "there is no run in"),
        (["run", "--reuse", "absent", "-m", "reference", "--language", "python"], "there is no run 'absent'"),
        (["board", "absent"], "there is no run 'absent'"),
        (["report"], "there is no run in"),
        (["show", "absent", "x"], "there is no run 'absent'"),
        (["sql", "select 1"], "there is no run in"),
        (["verify", "absent"], "there is no run 'absent'"),
        (["grade"], "give a suite and its answers"),
        (["runs", "rm", "absent"], "there is no run 'absent'"),
        (["tasks", "show", "core", "python/nothing"], "has no task 'python/nothing'"),
        (["tasks", "check", "./absent"], "absent: there is no such folder"),
        (["new", "task", "x", "--language", "cobol"], "cobol"),
    ],
    ids=" ".join,
)
def test_a_slip_is_one_line(
    run: Callable[..., tuple[int, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    """What is wrong and what to do, in one line; no run is begun."""
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    code, err = run(*arguments)
    assert code == 2, err
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("models.yaml", b"models:\n  - name: \xff\xfe\n", "not UTF-8 text"),
        ("models.yaml", b"", "expected a mapping"),
        (
            "models.yaml",
            b"models:\n  - name: a\n    type: openai\n    api_key: $NOT_SET_ANYWHERE\n",
            "$NOT_SET_ANYWHERE",
        ),
        ("models.yaml", b"models:\n  - {name: a, type: recorded, path: answers.jsonl}\n", "answers.jsonl"),
    ],
)
def test_a_bad_models_file(
    run: Callable[..., tuple[int, str]], tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    """The default models.yaml is read and its fault is told, even without -m."""
    (tmp_path / name).write_bytes(content)
    code, err = run("run", "core", "--language", "python")
    assert code == 2, err
    assert said in err


def test_all_entries_that_cannot_be_used_are_named_at_once(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    """Whose address, format or file is wrong is said of each model, not of the first alone."""
    text = """models:
  - {name: far, type: openai, api_base: "http://host:99999/v1"}
  - {name: formatted, type: openai, api_base: "http://host/v1", tool_format: hermess}
  - {name: told, type: recorded, path: absent.jsonl}
"""
    (tmp_path / "models.yaml").write_text(text)
    code, err = run("run", "core", "--language", "python")
    assert code == 2, err
    for said in ("'far': api_base", "'formatted': unknown tool-call dialect", "'told': absent.jsonl: No such file"):
        assert said in err


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("suite.toml", b"name = ", "suite.toml"),
        ("suite.toml", SUITE_TOML.encode() + b"\xff", "suite.toml"),
        ("tasks/python/one/task.toml", b'title = "x"\nlangage = "python"\n', "did you mean “language”"),
        ("tasks/python/one/prompt.md", b"\xff\xfe", "prompt.md"),
        ("tasks/python/one/tests/cases.jsonl", b"{half", "cases.jsonl"),
    ],
)
def test_a_bad_task_folder(
    run: Callable[..., tuple[int, str]], tmp_path: Path, path: str, content: bytes, said: str
) -> None:
    """A broken suite names each file and what is wrong in it."""
    code, err = run("new", "suite", str(tmp_path / "mine"))
    assert code == 0, err
    broken = tmp_path / "mine" / path
    if not broken.exists():
        there = next((tmp_path / "mine" / "tasks").rglob("task.toml")).parent
        broken = there / Path(path).relative_to("tasks/python/one")
    broken.write_bytes(content)
    code, err = run("run", str(tmp_path / "mine"), "-m", "reference")
    assert code == 2, err
    assert said in err
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("suite", "said"),
    [
        ("codecontests:train", "and put it there, or name its place with --data"),
        ("multipl-e", "which language?"),
        ("aider-polyglot", "git clone https://github.com/Aider-AI/polyglot-benchmark"),
        ("openai-evals:test-match", "give a checkout of https://github.com/openai/evals"),
    ],
)
def test_what_cannot_be_downloaded_says_what_to_put_where(
    run: Callable[..., tuple[int, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suite: str, said: str
) -> None:
    """`assay suites get` of a suite whose rows are not pinned: which file, from where, to which place."""
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))
    code, err = run("suites", "get", suite)
    assert (code, said in err) == (2, True), err
