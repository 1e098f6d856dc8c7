"""How a model is told to edit files: for each format, what it is asked for and what a reply looks like.

The words are ours. What they ask for is what Aider's formats are; Aider's own prompts are longer.
"""

from __future__ import annotations

from assay.formats.edits.applied import Fence

_ROLE = """You are an experienced software developer. You are asked for changes to files that you are shown.
Follow the conventions that the code has. Think first, say in a few sentences what has to change, then write out all of
the changes: leave nothing for others to fill in."""

_ONLY = "What is outside of this form is not seen as a change. Do not abridge code, and leave no dots in its place."

_FORMS = {
    "whole": """Write out each file that changes as a whole:

path/to/file.ext
{open}
the whole new content
{close}

The line above {open} holds the path as you were shown it, and nothing else. A file that you do not write out stays as
it is; a path that there is not yet makes a new file.""",
    "diff": """Write each change as a block of lines to search for and lines to put in their place:

path/to/file.ext
{open}
<<<<<<< SEARCH
lines as they stand in the file
=======
lines that replace them
>>>>>>> REPLACE
{close}

The line above {open} holds the path as you were shown it, and nothing else. SEARCH repeats whole lines of the file to
the letter, blanks and comments included, and just enough of them to be the only such place: the first place that
matches is replaced. Use several small blocks rather than a large one. An empty SEARCH with a path that there is not yet
makes a new file. Moving code takes two blocks.""",
    "udiff": """Write the changes as a unified diff, in a block that opens with ```diff:

```diff
--- path/to/file.ext
+++ path/to/file.ext
@@ ... @@
-a line that goes
+a line that comes
 a line that stays
```

Begin each place that changes with a line `@@ ... @@`, without line numbers: places are found by their lines. So repeat
the lines that go and those that stay to the letter, indentation and blank lines included, and leave none out in
between. When much of a function changes, take all of it away and put the new one. `--- /dev/null` makes a new file.""",
    "patch": """Reply with one patch, and begin with its first line:

*** Begin Patch
*** Update File: path/to/file.ext
@@
 a line that stays
-a line that goes
+a line that comes
*** Add File: path/to/new.ext
+each line of a new file
*** Delete File: path/to/old.ext
*** End Patch

Each file has one such part. Before and after a change stand three lines that stay, each behind one blank and otherwise
to the letter; where they stand more than once, a line `@@` with the whole line of the class or function above comes
first. A new place in the file begins with `@@`. There are no line numbers.""",
}


def system(name: str, fence: Fence) -> str:
    """What stands before the conversation."""
    return f"{_ROLE}\n\n{reminder(name, fence)}"


def reminder(name: str, fence: Fence) -> str:
    """What stands at the end of each question."""
    form = _FORMS[name].replace("{open}", fence[0]).replace("{close}", fence[1])
    return f"{form}\n{_ONLY}"
