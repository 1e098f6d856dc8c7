"""JavaScript exercises: what `npm run test` runs, which is `jest ./*`."""

from __future__ import annotations

import msgspec

from assay.sandboxes.toolchains.base import Toolchain, system_mounts
from assay.sandboxes.toolchains.exercises.project import Project, needed
from assay.sandboxes.toolchains.javascript import find_node

_SCRIPT = r"""set -e
[ -e node_modules ] || ln -s "$1" node_modules
exec "$2" node_modules/jest/bin/jest.js ./*"""
_SAMPLE = {
    "package.json": '{"name": "sample", "private": true}\n',
    "babel.config.js": "module.exports = {presets: [['@exercism/babel-preset-javascript', {corejs: '3.37'}]]};\n",
    "twice.js": "export const twice = (number) => 2 * number;\n",
    "twice.spec.js": (
        "import { twice } from './twice';\n\ntest('twice', () => {\n  expect(twice(2)).toEqual(4);\n});\n"
    ),
}
_WANTED = ("jest", "babel-jest", "@babel/core", "@exercism/babel-preset-javascript", "core-js")


def find(base: Toolchain) -> Toolchain | str:
    node = find_node()
    if isinstance(node, str):
        return node
    for folder in needed("node_modules"):
        missing = [name for name in _WANTED if not (folder / name).is_dir()]
        if missing:
            return f"{folder} holds no {', '.join(missing)}: `make exercises` installs them"
        described = msgspec.json.decode((folder / "jest" / "package.json").read_bytes(), type=dict[str, object])
        return Project(
            base,
            _SCRIPT,
            folder,
            node[0],
            version=f"jest {described.get('version')}",
            sample=_SAMPLE,
            env={"NO_COLOR": "1"},
            mounts=system_mounts(node[0], folder),
        )
    return "node is here, but jest and its Babel preset are not: `make exercises` installs them from npm"
