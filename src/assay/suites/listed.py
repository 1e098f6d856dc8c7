"""All suites that are known by name: where each is read, and what may be said of it. A table, and nothing else."""

from __future__ import annotations

import msgspec


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A suite that is known by name."""

    load: str
    """`module:function` from `Asked` to a Suite."""
    about: str
    parts: tuple[str, ...] = ()
    """What may stand behind a colon, as far as it can be listed; the loader knows all."""
    files: str = ""
    """`module:function` from the part to the official files that it needs; empty: nothing is downloaded."""
    takes: tuple[str, ...] = ("data",)
    """Which settings of `Asked` it heeds; others are refused."""
    verified: bool = True
    """It was run on its official rows, and came to what the official harness says."""


SUITES = {
    "core": Listed(load="assay.suites.folder:load_core", about="original tasks in seven languages", takes=("variant",)),
    "humaneval": Listed(
        load="assay.suites.humaneval:load", files="assay.suites.humaneval:files", parts=("base",),
        about="HumanEval, 164 Python functions",
    ),
    "mbpp": Listed(
        load="assay.suites.mbpp:load", files="assay.suites.mbpp:files", parts=("base",),
        about="MBPP, the test split of 500 Python functions",
    ),
    "mbpp-sanitized": Listed(
        load="assay.suites.mbpp:load_sanitized", files="assay.suites.mbpp:files_sanitized", parts=("base",),
        about="MBPP, the 427 tasks that were checked by hand",
    ),
    "humaneval+": Listed(
        load="assay.suites.evalplus:load_humaneval", files="assay.suites.evalplus:files_humaneval",
        parts=("base", "v0.1.9", "v0.1.9:base"),
        about="EvalPlus' HumanEval+, 164 functions on many more inputs",
    ),
    "mbpp+": Listed(
        load="assay.suites.evalplus:load_mbpp", files="assay.suites.evalplus:files_mbpp",
        parts=("base", "v0.1.0", "v0.1.0:base"),
        about="EvalPlus' MBPP+, 378 functions on many more inputs",
    ),
    "multipl-e": Listed(
        load="assay.suites.multipl_e:load", files="assay.suites.multipl_e:files",
        parts=("rust", "mbpp-rust", "rust:base"),
        about="MultiPL-E, HumanEval and MBPP in fifteen languages",
    ),
    "infilling": Listed(
        load="assay.suites.infilling:load", files="assay.suites.infilling:files",
        parts=("single-line", "multi-line", "random-span", "random-span-light", "single-line:base"),
        about="HumanEval infilling, gaps in Python functions",
    ),
    "cruxeval": Listed(
        load="assay.suites.cruxeval:load", files="assay.suites.cruxeval:files",
        parts=("input", "output", "input:cot", "output:cot", "input:base"),
        about="CRUXEval, what 800 Python functions return and what makes them",
    ),
    "aider-polyglot": Listed(
        load="assay.suites.aider_polyglot:load", parts=("whole", "diff", "udiff", "patch"),
        about="Aider's polyglot benchmark, 225 exercises in six languages",
    ),
    "openai-evals": Listed(
        load="assay.suites.openai_evals:load", parts=("NAME",), takes=("data", "protocol"),
        about="evals of the openai/evals registry: match, includes, fuzzy match, JSON match",
    ),
    "bigcodebench": Listed(
        load="assay.suites.bigcodebench:load", files="assay.suites.bigcodebench:files",
        parts=("complete", "instruct", "complete-hard", "instruct-hard", "complete:base"),
        about="BigCodeBench, Python functions that call libraries",
    ),
    "livecodebench": Listed(
        load="assay.suites.livecodebench:load", files="assay.suites.livecodebench:files",
        parts=("release_v6", "v6", "base"), takes=("data", "since", "until"), verified=False,
        about="LiveCodeBench, contest problems with their dates",
    ),
    "bfcl": Listed(
        load="assay.suites.bfcl:load", files="assay.suites.bfcl:files",
        parts=("non-live", "live", "simple_python", "live_multiple", "live:prompt", "prompt"),
        about="the Berkeley Function-Calling Leaderboard, 3,641 questions of one turn",
    ),
    "toolcalls": Listed(
        load="assay.suites.toolcalls:load", parts=("hermes", "pythonic", "qwen3_coder", "mistral_v11"), takes=(),
        about="original tasks on writing tool calls: types, escapes, nesting, markup, several at once",
    ),
    "refusals": Listed(
        load="assay.suites.refusals:load", parts=("benign", "harmful"), takes=(),
        about="original requests that should be answered, and some that should not: over- and under-refusal",
    ),
    "codecontests": Listed(
        load="assay.suites.codecontests:load", files="assay.suites.codecontests:files",
        parts=("valid", "cpp", "java"), verified=False,
        about="CodeContests, programs that read and print",
    ),
    "apps": Listed(
        load="assay.suites.apps:load", files="assay.suites.apps:files", parts=("train", "base"), verified=False,
        about="APPS, programs and functions with many tests",
    ),
}  # fmt: skip
