"""Go: each implementation is a package of its own, with the file of examples and a list of those that are run."""

from __future__ import annotations

import json

from assay.formats.documented import Example, reader_of
from assay.graders.example_jobs.base import Asked, Run, Work, by_key

_RUNNER = """\
package assayrun

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

type Example struct {
	Run       func()
	Prints    string
	Unordered bool
}

func Names(names []string, all map[string][]Example) {
	for at, name := range names {
		for _, example := range all[name] {
			if said := example.fault(); said != "" {
				fmt.Fprintf(os.Stderr, "an example of %s: %s\\n", name, said)
				os.Exit(10 + at)
			}
		}
	}
	os.Exit(0)
}

func (e Example) fault() string {
	got, panicked := printed(e.Run)
	want := strings.TrimSpace(e.Prints)
	if panicked != nil {
		return fmt.Sprintf("panic: %v", panicked)
	}
	if e.Unordered {
		got, want = sorted(got), sorted(want)
	}
	if got != want {
		return fmt.Sprintf("got:\\n%s\\nwant:\\n%s", got, want)
	}
	return ""
}

func printed(run func()) (text string, panicked any) {
	stdout := os.Stdout
	read, write, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	os.Stdout = write
	whole := make(chan string)
	go func() {
		data, _ := io.ReadAll(read)
		whole <- string(data)
	}()
	defer func() {
		panicked = recover()
		os.Stdout = stdout
		write.Close()
		text = strings.TrimSpace(<-whole)
	}()
	run()
	return
}

func sorted(text string) string {
	lines := strings.Split(text, "\\n")
	slices.Sort(lines)
	return strings.Join(lines, "\\n")
}
"""
_MAIN = """\
package main

import (
	"assayrun"
	"os"
{imports})

func main() {{
	all := map[string]map[string][]assayrun.Example{{
{entries}	}}
	assayrun.Names(os.Args[2:], all[os.Args[1]])
}}
"""


def work(asked: Asked) -> Work:
    _, examples = reader_of("go").files(asked.entry)
    files = {"assayrun/run.go": _RUNNER}
    for key, run in zip(asked.keys, asked.runs, strict=True):
        files[f"{key}/{asked.stem}.go"] = run.code
        files[f"{key}/examples.go"] = asked.answer[examples]
        files[f"{key}/assay.go"] = _list(run, asked)
    imports = "".join(f'\t{key} "{key}"\n' for key in asked.keys)
    entries = "".join(f'\t\t"{key}": {key}.AssayExamples,\n' for key in asked.keys)
    files["main.go"] = _MAIN.format(imports=imports, entries=entries)
    return Work(files=files, entry="main.go", programs=by_key(asked), recipe="packages")


def _list(run: Run, asked: Asked) -> str:
    clause = next(line for line in run.code.splitlines() if line.startswith("package "))
    names = "".join(
        f"\t{json.dumps(name)}: {{\n{''.join(map(_entry, examples))}\t}},\n"
        for name, examples in asked.examples.items()
    )
    return f'{clause}\n\nimport "assayrun"\n\nvar AssayExamples = map[string][]assayrun.Example{{\n{names}}}\n'


def _entry(example: Example) -> str:
    prints = json.dumps(example.prints, ensure_ascii=False)
    return f"\t\t{{{example.code}, {prints}, {'true' if example.unordered else 'false'}}},\n"
