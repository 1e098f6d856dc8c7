"""A repository's own test command, run by a shell in a copy of its tree: `Program.argv` holds it, as one text.

The tools are those that exercises in the language are tested with; `python`, `pytest`, `node`, `go` and `cargo` are
found by their names. What a repository needs beyond them is looked for in a folder of tools and never fetched.
"""

from __future__ import annotations

from pathlib import Path

from assay.sandboxes.box import Mount
from assay.sandboxes.toolchains.base import Toolchain, short_hash
from assay.sandboxes.toolchains.exercises import find as find_exercise
from assay.sandboxes.toolchains.exercises import golang, rust
from assay.sandboxes.toolchains.exercises.project import Project, needed
from assay.sandboxes.toolchains.javascript import find_node

PACKAGES = "packages"
"""Below `exercises` in a folder of tools: what repositories import, put there with `pip install --target` or
`npm install --prefix`."""

MODULES = "modules"
"""Beside it, the same for Go: a cache of modules, filled by `go mod download`."""

# $1 the interpreter, $3 the folder with pytest. Commands behind a command (make, tox) must find them, too.
_PYTHON = r"""mkdir -p /tmp/bin && cd /tmp/bin || exit 126
printf '#!/bin/sh\nPYTHONPATH="${PYTHONPATH:+$PYTHONPATH:}%s" exec %s -s -S "$@"\n' \
    "$3${PACKAGES:+:$PACKAGES}" "$1" > python
printf '#!/bin/sh\nexec /tmp/bin/python -P -m pytest "$@"\n' > pytest
chmod +x python pytest && ln -s python python3 && cd "$OLDPWD" && shift 3
PATH="/tmp/bin:$PATH" exec /bin/sh -c "${1:-python -m pytest}" """
# A folder of links, since Vite keeps files of its own within.
_RUN = """if [ -n "$MODULES" ] && [ ! -e node_modules ]; then
    mkdir node_modules && ln -s "$MODULES"/* "$MODULES"/.[!.]* node_modules/
fi
exec /bin/sh -c "${1:-node --test}" """
_ON_NODE = ("javascript", "typescript")
_SCRIPTS = {
    "python": _PYTHON,
    "go": f'{golang.SETUP}PATH="${{2%/*}}:$PATH" exec /bin/sh -c "${{3:-go test ./...}}"',
    "rust": f'{rust.SETUP}exec /bin/sh -c "${{2:-cargo test}}"',
}
_SAMPLE = {
    "twice.js": "exports.twice = (number) => 2 * number;\n",
    "twice.test.js": (
        "const test = require('node:test');\nconst { twice } = require('./twice.js');\n"
        "test('twice', () => require('node:assert').equal(twice(2), 4));\n"
    ),
}


def find(language: str) -> Toolchain | str:
    """What runs a repository's tests here, or the reason why nothing does."""
    if language in _ON_NODE:
        return _node(language)
    if language not in _SCRIPTS:
        return f"test commands in {language!r} are not known; known are {', '.join((*_ON_NODE, *_SCRIPTS))}"
    if language == "go":
        return _on_go()
    found = find_exercise(language)
    if not isinstance(found, Project):
        return found
    folders = needed(PACKAGES) if language == "python" else []
    if not folders:
        return found.with_script(_SCRIPTS[language])
    held = " ".join(sorted(path.name for path in folders[0].glob("*.dist-info")))
    return found.with_script(
        _SCRIPTS[language],
        version=f", packages {short_hash(held)}",
        env={"PACKAGES": str(folders[0])},
        mounts=(Mount(source=str(folders[0])),),
    )


def _on_go() -> Toolchain | str:
    """A cache of modules is a proxy by its form: what is taken from it is unpacked in the box, and held against
    `go.sum`."""
    from assay.sandboxes.toolchains import find as find_own

    base = find_own("go")
    project = base if isinstance(base, str) else golang.find(base, golang.OF_REPOSITORIES)
    if isinstance(project, str):
        return project
    places = needed(MODULES, "cache", "download")
    if not places:
        return project.with_script(_SCRIPTS["go"])
    held = " ".join(sorted(str(path.relative_to(places[0])) for path in places[0].rglob("*.zip")))
    return project.with_script(
        _SCRIPTS["go"],
        version=f", modules {short_hash(held)}",
        env={"GOPROXY": places[0].resolve().as_uri(), "GOSUMDB": "off", "GOMODCACHE": "/tmp/go/modules"},
        mounts=(Mount(source=str(places[0].resolve())),),
    )


def node_modules() -> Path | None:
    """What a repository that brings none of its own is given as such."""
    return next(iter((*needed(PACKAGES, "node_modules"), *needed("node_modules"))), None)


def _node(language: str) -> Toolchain | str:
    """TypeScript is compiled by whatever runs the tests."""
    from assay.sandboxes.toolchains import find as find_own

    base = find_own("javascript")
    node = find_node()
    if isinstance(base, str) or isinstance(node, str):
        return base if isinstance(base, str) else str(node)
    modules = node_modules()
    env = {"NO_COLOR": "1", "CI": "1", "PATH": f"{node[0].parent}:/usr/local/bin:/usr/bin:/bin"}
    if modules is None:
        found = Project(base, _RUN, version="", sample=_SAMPLE, env=env)
    else:
        listed = modules / ".package-lock.json"
        held = listed.read_text(encoding="utf-8") if listed.is_file() else ""
        found = Project(
            base,
            _RUN,
            version=f"packages {short_hash(held)}",
            sample=_SAMPLE,
            env={**env, "MODULES": str(modules)},
            mounts=(Mount(source=str(modules)),),
        )
    found.language = language
    return found
