"""The command line: parse, call, print. Nothing is imported before the command that needs it is named."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """The `assay` command. Every way out has its exit code, and no way out is a traceback."""
    try:
        from assay.cli.exits import leave
    except KeyboardInterrupt:
        sys.exit(130)

    leave(sys.argv[1:] if arguments is None else arguments)


def silence_stdout() -> None:
    """After a closed pipe: whatever is still buffered goes nowhere, in silence."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
