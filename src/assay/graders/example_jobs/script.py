"""JavaScript and TypeScript: examples as functions in a module of their own, with what the code exports in their scope.

One process goes through all implementations, since starting it is most of what a run takes, and each has a thread with
a world of its own: examples that could leave word for the next ones' would tell the wrong from the right by what most
of them do. Examples that lie about how a run ended say no more than they could by leaving with an exit code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from assay.formats.documented import Example, reader_of
from assay.formats.documented.arrows import Piece, pieces
from assay.graders.example_jobs.base import Asked, Work, all_in_one

_CHECKS = """\
import assert from "node:assert/strict";
import fs from "node:fs";
import util from "node:util";
import { Worker, isMainThread, parentPort } from "node:worker_threads";

class None extends Error {}

export { assert };

export function is(got, want) {
  if (!util.isDeepStrictEqual(got, want)) throw new Error(`${util.inspect(got)} is not ${util.inspect(want)}`);
}

export async function fails(run, kind) {
  try {
    await run();
    throw new None("no error");
  } catch (error) {
    if (error instanceof None) throw error;
    const kinds = [error?.name];
    for (let at = error; at instanceof Object; at = Object.getPrototypeOf(at)) kinds.push(at.constructor?.name);
    if (kind && !kinds.includes(kind)) throw error;
  }
}

// Examples are about what a function does, not about how it is written.
if (!isMainThread) Function.prototype.toString = () => "function () { [hidden] }";

let stray; // an error that nobody waited for belongs to the run in which it comes up
let giveUp;
process.on("uncaughtException", (error) => (stray = error));
process.on("beforeExit", () => {
  giveUp?.(new Error("it waits for what never comes"));
  setImmediate(() => {}); // there may be further runs
});

async function ended(examples, names) {
  for (const [at, name] of names.entries()) {
    for (const example of examples[name]) {
      stray = undefined;
      try {
        await Promise.race([example(), new Promise((_, reject) => (giveUp = reject))]);
        await new Promise(setImmediate);
        if (stray) throw stray;
      } catch (error) {
        fs.writeSync(2, `${util.format(`an example of ${name}:`, error)}\n`);
        return 10 + at;
      }
    }
  }
  return 0;
}

function alone(args) {
  const worker = new Worker(process.argv[1], { argv: args, stdout: true });
  return new Promise((resolve) => {
    worker.once("message", resolve).once("error", () => resolve(1)).once("exit", () => resolve(1));
  }).finally(() => worker.terminate());
}

export async function run(words, examplesOf) {
  for (const word of words) {
    const [key, ...names] = word.split(":");
    if (!isMainThread) parentPort.postMessage(await ended(await examplesOf(key), names));
    else fs.writeSync(1, `${key} ${await alone([...process.argv.slice(2, -words.length), word])}\n`);
  }
  if (isMainThread) process.exit(0);
}

"""
_RUN_JAVASCRIPT = """\
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as checks from "./checks.mjs";
import { examples } from "./examples.mjs";

checks.run(process.argv.slice(3), async (key) => {
  const place = path.resolve(key, process.argv[2]);
  const exported = await import(pathToFileURL(place).href);
  return examples(place.endsWith(".mjs") ? exported : exported.default, checks, createRequire(place));
});
"""
_DECLARATION = re.compile(r"(?:const|let|var)\b")
_OWN_IMPORT = r"""^[ \t]*import\b[^;"']{{0,500}}["'][^"'\n]{{0,200}}\b{}(?:\.\w+)?["'];?[ \t]*$"""


def javascript(asked: Asked) -> Work:
    given = asked.runs[0].code
    exported = ", ".join(reader_of("javascript").read(given).exported)
    module = f"{asked.stem}.mjs" if re.search(r"^export[ {*]", given, re.MULTILINE) else asked.entry
    head = (
        f"export const examples = (holder, {{ assert, is, fails }}, require) => {{\nconst {{ {exported} }} = holder;\n"
    )
    files = {
        "run.mjs": _RUN_JAVASCRIPT,
        "checks.mjs": _CHECKS,
        "examples.mjs": f"{head}return {_table('javascript', asked, asked.examples)};\n}};\n",
    }
    files |= {f"{key}/{module}": run.code for key, run in zip(asked.keys, asked.runs, strict=True)}
    return Work(files=files, entry="run.mjs", programs=all_in_one(asked, module), tells=True)


def typescript(asked: Asked) -> Work:
    files = {"checks.ts": f"// @ts-nocheck: the same as for JavaScript\n{_CHECKS}"}
    for key, run in zip(asked.keys, asked.runs, strict=True):
        exported = ", ".join(reader_of("typescript").read(run.code).exported)
        table = _table("typescript", asked, asked.of(run))
        files[f"{key}/{asked.stem}.ts"] = run.code
        files[f"{key}/examples.ts"] = (
            f'import {{ {exported} }} from "./{asked.stem}.ts";\nimport {{ assert, is, fails }} from "../checks.ts";\n'
            f"export const examples: Record<string, (() => Promise<void>)[]> = {table};\n"
        )
    cases = "".join(f'  {key}: () => import("./{key}/examples.ts"),\n' for key in asked.keys)
    files["run.ts"] = (
        'import { run } from "./checks.ts";\n\n'
        f"const all: Record<string, () => Promise<any>> = {{\n{cases}}};\n"
        "run(process.argv.slice(2), async (key: string) => (await all[key]()).examples);\n"
    )
    return Work(files=files, entry="run.ts", programs=all_in_one(asked), tells=True)


def _table(language: str, asked: Asked, wanted: Mapping[str, Iterable[Example]]) -> str:
    lines = [
        f"{json.dumps(name)}: [\n{''.join(map(_function, _read(language, asked, all_)))}],\n"
        for name, all_ in wanted.items()
    ]
    return f"{{\n{''.join(lines)}}}"


def _read(language: str, asked: Asked, examples: Iterable[Example]) -> list[list[Piece]]:
    """An import of the module itself is left out: its names are there."""
    own = re.compile(_OWN_IMPORT.format(re.escape(asked.stem)), re.MULTILINE)
    return [pieces(language, own.sub("", example.code)) for example in examples]


def _function(parts: list[Piece]) -> str:
    return "async () => {\n" + "".join(f"{_statement(part)}\n" for part in parts) + "},\n"


def _statement(part: Piece) -> str:
    if part.throws is not None:
        body = f"{{ {part.code}\n }}" if _DECLARATION.match(part.code) else f"(\n{part.code}\n)"
        return f"await fails(async () => {body}, {json.dumps(part.throws)});"
    if part.value is None:
        return part.code
    if part.variable:
        return f"{part.code};\nis(await {part.variable}, (\n{part.value}\n));"
    return f"is(await (\n{part.code}\n), (\n{part.value}\n));"
