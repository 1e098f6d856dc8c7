"""One name for one benchmark, whatever a tool calls it: imports pair with our own runs by it."""

from __future__ import annotations

import re

from assay.suites.multipl_e import LANGUAGES

_SAME = {
    "humaneval": "humaneval",
    "humaneval_instruct": "humaneval",
    "openai_humaneval": "humaneval",
    "human_eval": "humaneval",
    "humaneval_plus": "humaneval+",
    "humanevalplus": "humaneval+",
    "mbpp": "mbpp",
    "mbpp_instruct": "mbpp",
    "mbpp_plus": "mbpp+",
    "mbpp_plus_instruct": "mbpp+",
    "mbppplus": "mbpp+",
    "bigcodebench": "bigcodebench",
    "livecodebench": "livecodebench",
    "swe_bench": "swe-bench-verified",
    "swe_bench_verified": "swe-bench-verified",
    "swe_bench_verified_mini": "swe-bench-verified",
    "swebench_verified": "swe-bench-verified",
    "aider_polyglot": "aider-polyglot",
    "cruxeval": "cruxeval",
    "apps": "apps",
}
"""Names in small letters with `_` for every separator, the tool's prefix taken off."""

_LANGUAGES = {spoken.code: language for language, spoken in LANGUAGES.items()}
_MULTIPLE = re.compile(r"(?:multiple|humaneval)[-_](?P<language>[a-z]{1,5})")


def suite_name(foreign: str) -> str:
    """Ours, where it is the same benchmark; else the tool's own."""
    bare = re.sub(r"[\s.@-]+", "_", foreign.rpartition("/")[2].lower()).strip("_")
    known = _SAME.get(bare)
    if known:
        return known
    multiple = _MULTIPLE.fullmatch(bare)
    return f"multipl-e:{language_of(multiple['language'])}" if multiple else foreign


def language_of(code: str) -> str:
    """What MultiPL-E calls so for short."""
    return _LANGUAGES.get(code, code)
