"""The list of commands. Their modules are imported when they are called, not when they are listed."""

from __future__ import annotations

import importlib
from typing import Any, NamedTuple

import click

from assay.cli import silence_stdout
from assay.core.names import did_you_mean


class Listed(NamedTuple):
    """A command by name: where it is, and its line in `assay --help`."""

    where: str
    help: str


COMMANDS: dict[str, Listed] = {
    "run": Listed("assay.cli.run:run", "Ask models to solve tasks, judge the answers, sum them up."),
    "grade": Listed("assay.cli.grade:grade", "Judge a run's answers again, asking no model."),
    "verify": Listed("assay.cli.verify:verify", "Judge again and compare with what was recorded."),
    "show": Listed("assay.cli.show:show", "One trial: prompt, reply, code taken, failing case, log, cost."),
    "compare": Listed("assay.cli.compare:compare", "Which of two is better, how sure, at what price."),
    "board": Listed("assay.cli.board:board", "The standings of one or more runs, with intervals."),
    "plan": Listed("assay.cli.plan:plan", "What a question costs before it is asked."),
    "report": Listed("assay.cli.report:report", "Write report.html, results.csv and slices.csv of a run."),
    "suites": Listed("assay.cli.suites:suites", "The suites there are, and what is in one."),
    "tasks": Listed("assay.cli.tasks:tasks", "The tasks of a suite: list, show, check."),
    "models": Listed("assay.cli.models:models", "The models that could be used, and what to type."),
    "runs": Listed("assay.cli.runs:runs", "The runs there are: list, show, remove."),
    "sql": Listed("assay.cli.sql:sql", "Ask the records in SQL (read-only)."),
    "import": Listed("assay.cli.import_:import_", "Read another tool's results into a run."),
    "export": Listed("assay.cli.export:export", "Write a run in another tool's form."),
    "new": Listed("assay.cli.new:new", "Write a small working suite or task of your own."),
    "mine": Listed("assay.cli.mine:mine", "Make private tasks out of a git history."),
    "doctor": Listed("assay.cli.doctor:doctor", "What works on this machine, and of a served model."),
    "scripted": Listed("assay.scripted.__main__:main", "A scripted model server, to try things without a key."),
}

_EPILOG = "assay COMMAND --help says more. Exit codes: 0 done, 1 the answer is no, 2 your mistake, 3 ours, 4 undecided."


class LazyGroup(click.Group):
    """Knows names and help lines of its commands without importing them."""

    def invoke(self, ctx: click.Context) -> Any:
        """A pipe that its reader closed is the end; click's own way out has exit code 1, which means no here."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            silence_stdout()
            return None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        listed = COMMANDS.get(cmd_name)
        if listed is None:
            raise click.UsageError(f"there is no command '{cmd_name}'; {did_you_mean(cmd_name, COMMANDS)}", ctx)
        module, _, attribute = listed.where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.help) for name, listed in COMMANDS.items()])


@click.command(cls=LazyGroup, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="assay", prog_name="assay")
def assay() -> None:
    """Find out what a coding model is really worth: real tasks, a real sandbox, honest numbers."""
