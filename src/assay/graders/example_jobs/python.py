"""Python: docstrings by `doctest`, beside an implementation of ours; nothing is built."""

from __future__ import annotations

import json

from assay.core.judging import Program
from assay.graders.example_jobs.base import Asked, Run, Work

_RUNNER = "run_examples.py"
_PROGRAM = """\
import doctest
import importlib
import json
import unittest

MODULE, DOCS = json.loads({told!r})


class Examples(unittest.TestCase):
    def test_examples(self):
        module = importlib.import_module(MODULE)
        for name, docstring in DOCS.items():
            test = doctest.DocTestParser().get_doctest(docstring, dict(vars(module)), name, name, 0)
            said = []
            failed, _ = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
            self.assertFalse(failed, "".join(said)[:2000])
"""


def work(asked: Asked) -> Work:
    return Work(entry=_RUNNER, programs=tuple(_program(asked, run) for run in asked.runs), driver="written_tests")


def _program(asked: Asked, run: Run) -> Program:
    docs = {name: asked.examples[name][0].code for name in run.names}
    told = json.dumps([asked.entry.removesuffix(".py"), docs])
    return Program(files={asked.entry: run.code, _RUNNER: _PROGRAM.format(told=told)})
