"""MultiPL-E (nuprl): HumanEval and MBPP, translated into many languages with their tests.

`multipl-e:rust` is HumanEval in Rust, `multipl-e:mbpp-rust` MBPP; MultiPL-E's own short names (`rs`) do as well. The
benchmark is one of completion, so `multipl-e:rust:base` is asked as officially; a conversation is asked in words of
ours, and its function is brought into the form of a completion. How a program is built and run is the harness's own.

The rows exist in several revisions and wrappings. What decides a verdict in them is hashed into the version: the same
rows are the same version, whatever file they come in. Those that `assay suites get` fetched are proven besides.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.ids import content_hash
from assay.core.messages import Message
from assay.core.names import did_you_mean
from assay.core.task import Ask, Extract, Limits, Suite, Task
from assay.suites.asked import Asked, Asking
from assay.suites.contest_rows import files_of, proven, refuse_doubles, rows
from assay.suites.multipl_e_files import file_of, stem
from assay.suites.official_data import OfficialFile

ADDRESS = "https://huggingface.co/datasets/nuprl/MultiPL-E"
PROTOCOL = "multipl-e/1"
"""Bumped by hand when the joining, the judging or a limit can change a verdict."""
LICENCE = "BSD-3-Clause with a restriction on machine learning"


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """What the harness does in one language."""

    code: str
    """Its short name, which files of rows carry."""
    suffix: str
    seconds: float = 15.0
    """Until a program is ended."""
    ending: str = ""
    """A statement that prints `{word}`, for the end of the tests."""
    ending_before: str = ""
    """Where it stands: before the last such text in them."""
    spoiling: str = ""
    """One that makes the tests fail, for the same place, where nobody would see what they print."""
    failing: tuple[str, ...] = ()
    """What, printed, means failure whatever the exit code."""
    stop: tuple[str, ...] = ()
    """For rows that name none."""


_CLASS_END = "    }\n\n}"
LANGUAGES = {
    "python": Spoken(
        code="py", suffix=".py", ending='__import__("sys").stdout.write("{word}")',
        stop=("\ndef", "\n#", "\nif", "\nclass"),
    ),
    "javascript": Spoken(code="js", suffix=".js", seconds=5.0, ending='console.log("{word}");'),
    "typescript": Spoken(code="ts", suffix=".ts", ending='console.log("{word}");'),
    "go": Spoken(
        code="go", suffix="_test.go", seconds=30.0, ending_before="}", spoiling='t.Fatal("to the end")',
        failing=("FAIL",),
    ),
    "rust": Spoken(code="rs", suffix=".rs", seconds=5.0, ending='println!("{word}");', ending_before="}"),
    "java": Spoken(code="java", suffix=".java", ending='System.out.println("{word}");', ending_before=_CLASS_END),
    "cpp": Spoken(code="cpp", suffix=".cpp", ending='std::cout << "{word}" << std::endl;', ending_before="}"),
    "csharp": Spoken(
        code="cs", suffix=".cs", seconds=5.0, ending='Console.WriteLine("{word}");', ending_before=_CLASS_END,
        failing=("System.Diagnostics.DefaultTraceListener.Fail", "Unhandled Exception"),
    ),
    "php": Spoken(code="php", suffix=".php", ending='echo "{word}";', failing=("PHP Parse error",)),
    "bash": Spoken(code="sh", suffix=".sh", ending='code=$?; echo "{word}"; exit $code'),
    "ruby": Spoken(code="rb", suffix=".rb", seconds=5.0, ending='Test::Unit.at_exit { puts "{word}" }'),
    "lua": Spoken(
        code="lua", suffix=".lua", ending_before="os.exit(",
        spoiling='function test_to_the_end() lu.fail("to the end") end',
    ),
    "perl": Spoken(code="pl", suffix=".pl", ending='print "{word}";', failing=("ERROR",)),
    "r": Spoken(code="r", suffix=".r", seconds=5.0, ending='cat("{word}")'),
    "julia": Spoken(code="jl", suffix=".jl", seconds=5.0, ending='println("{word}")'),
}  # fmt: skip
"""Languages to what the harness does in them. What tests in Go print is shown only when they fail, and those in Lua
leave with their result."""

_BY_NAME = {name: language for language, row in LANGUAGES.items() for name in (language, row.code)}
_DATASETS = {"": "humaneval", "mbpp-": "mbpp"}
PARTS = tuple(f"{prefix}{language}" for prefix in _DATASETS for language in LANGUAGES)


class Row(msgspec.Struct, frozen=True):
    """One official row, or one as harnesses that took the benchmark over wrap it."""

    prompt: str
    name: str = ""
    task_id: str = ""
    tests: str = ""
    test: str = ""
    language: str = ""
    stop_tokens: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.name or self.task_id

    @property
    def ends(self) -> str:
        return self.tests or self.test


def files(part: str) -> tuple[OfficialFile, ...]:
    """What can be fetched of the language that is named."""
    if not part:
        return ()
    dataset, language, _ = _parts(Asked(name=f"multipl-e:{part}", part=part, data=None))
    file = file_of(dataset, LANGUAGES[language].code)
    return (file,) if file else ()


def load(asked: Asked) -> Suite:
    dataset, language, asking = _parts(asked)
    paths = _files(asked, dataset, language)
    found = []
    for where, row in rows(paths, Row):
        _check(row, where, language)
        found.append(row)
    refuse_doubles(asked.name, [row.id for row in found])
    if not found:
        raise UserError(f"{asked.name}: there are no rows in {', '.join(map(str, paths))}")
    return Suite(
        name=asked.name,
        version=content_hash(sorted((row.id, row.prompt, row.ends, row.stop_tokens) for row in found))[:12],
        protocol=f"{PROTOCOL} {asking}",
        tasks=tuple(task_of(row, language=language, asking=asking) for row in found),
        grader="program",
    )


def _files(asked: Asked, dataset: str, language: str) -> tuple[Path, ...]:
    """Under the short name, as the hub lays it out, under the long one, or as the makers' repository had it."""
    code = LANGUAGES[language].code
    usual = f"{dataset}-{code}"
    fetched = file_of(dataset, code)
    official = (fetched,) if fetched else ()
    for name in (f"{usual}/test", f"{dataset}-{language}", stem(dataset, code)):
        with suppress(UserError):
            paths = files_of(asked, (name,), address=ADDRESS)
            break
    else:
        paths = files_of(asked, (usual,), address=ADDRESS, official=official)
    for path in paths:
        proven(path, official)
    return paths


def _parts(asked: Asked) -> tuple[str, str, Asking]:
    """Dataset, language and way of asking that the name asks for."""
    named, _, rest = asked.part.partition(":")
    prefix = "mbpp-" if named.startswith("mbpp-") else ""
    language = _BY_NAME.get(named.removeprefix(prefix), "")
    if not language:
        said = f"no language “{named}”" if named else "which language?"
        raise UserError(f"{asked.name}: {said}; {did_you_mean(named, PARTS)}")
    if rest not in ("", "base"):
        raise UserError(f"{asked.name}: no part “{rest}”; {did_you_mean(rest, ('base',))}")
    return _DATASETS[prefix], language, "base" if rest else "chat"


def _check(row: Row, where: str, language: str) -> None:
    if not row.id or not row.ends:
        missing = "name" if not row.id else "tests"
        raise UserError(f"{where}: has no {missing}; it is no row of MultiPL-E in its official form")
    spelled = row.id.partition("/")[0] if "/" in row.id else ""  # `Python/0`; `HumanEval/0` is a row of HumanEval
    said = row.language or spelled.lower()
    if said and _BY_NAME.get(said.partition("_")[0]) != language:
        raise UserError(f"{where}: is in “{said}”, not in {language}")


def task_of(row: Row, *, language: str, asking: Asking = "chat") -> Task:
    """One row as a task."""
    spoken, entry = LANGUAGES[language], entry_of(row.prompt)
    stop = row.stop_tokens or spoken.stop
    has_place = spoken.ending_before in row.ends
    return Task(
        id=row.id,
        language=language,
        category="completion",
        title=entry,
        ask=_chat(row.prompt, language) if asking == "chat" else Ask(prompt=row.prompt.strip(), stop=stop),
        extract=Extract(path=f"reply/answer{spoken.suffix}", api=(entry,))
        if asking == "chat"
        else Extract(form="raw", path=f"completion/answer{spoken.suffix}"),
        grading=_grading(row, entry, stop, spoken, has_place=has_place),
        limits=Limits(
            cpu=spoken.seconds, wall=spoken.seconds * 2 + 30, memory=4096, processes=256, disk=512, output=8192
        ),
        origin=f"{ADDRESS} {row.id}",
        licence=LICENCE,
        judge_in_process=True,
    )


def _grading(row: Row, entry: str, stop: tuple[str, ...], spoken: Spoken, *, has_place: bool) -> dict[str, Any]:
    return {
        "name": f"{re.sub(r'[^A-Za-z0-9]+', '_', row.id).lower()}{spoken.suffix}",
        "entry": entry,
        "prompt": row.prompt,
        "tests": row.ends,
        "stop": list(stop),
        "recipe": "multipl-e",
        "ending": spoken.ending if has_place else "",
        "spoiling": spoken.spoiling if has_place else "",
        "ending_before": spoken.ending_before,
        "failing": list(spoken.failing),
    }


_DEFINED = re.compile(r"^\s*(?:local\s+)?(?:def|func|fn|function|sub)\s+(\w+)|^(\w+)\s*<-\s*function", re.MULTILINE)
_CALLED = re.compile(r"(\w+)\s*\(")


def entry_of(prompt: str) -> str:
    """The function that the prompt begins: by its word, or in the last line before its parameters."""
    found = [pair[0] or pair[1] for pair in _DEFINED.findall(prompt)]
    if found:
        return str(found[-1])
    called = _CALLED.search(prompt.strip().rpartition("\n")[2])
    return called[1] if called else ""


_SAID = {"cpp": "C++", "csharp": "C#", "php": "PHP", "javascript": "JavaScript", "typescript": "TypeScript"}


def _chat(prompt: str, language: str) -> Ask:
    text = (
        f"Complete this {_SAID.get(language, language.title())} function:\n\n"
        f"```{language}\n{prompt.strip()}\n```\n\n"
        "Reply with the whole function in one fenced code block, under the same name and with the same parameters, "
        "together with what it needs to be compiled: imports, helpers, the class around it. "
        "No tests, no examples, no main program."
    )
    return Ask(messages=(Message("user", text),))
