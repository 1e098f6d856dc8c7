"""Java: each implementation is a package, and its examples are methods of a class beside it.

One process goes through all of them, since starting it is most of what a run takes. Examples that lie about how a run
ended say no more than they could by leaving with an exit code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from assay.formats.documented import Example
from assay.formats.documented.arrows import Piece, pieces
from assay.graders.example_jobs.base import Asked, Work, all_in_one

_CHECKS = """\
package assaychecks;

import java.util.Map;
import java.util.Objects;

public final class Checks {
    public interface Example {
        void run() throws Throwable;
    }

    private static final class None extends Error {
        None() {
            super("no error");
        }
    }

    public static void is(Object got, Object want) {
        if (!Objects.deepEquals(got, want) && !sameNumber(got, want)) {
            throw new AssertionError(shown(got) + " is not " + shown(want));
        }
    }

    private static boolean sameNumber(Object got, Object want) {
        if (isWhole(got) && isWhole(want)) {
            return ((Number) got).longValue() == ((Number) want).longValue();
        }
        return isPlain(got) && isPlain(want) && ((Number) got).doubleValue() == ((Number) want).doubleValue();
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte;
    }

    private static boolean isPlain(Object value) {
        return isWhole(value) || value instanceof Double || value instanceof Float;
    }

    private static String shown(Object value) {
        return value instanceof Object[] ? java.util.Arrays.deepToString((Object[]) value) : String.valueOf(value);
    }

    public static Error none() {
        return new None();
    }

    public static void failed(Throwable error, String kind) throws Throwable {
        if (error instanceof None) {
            throw error;
        }
        for (Class<?> at = error.getClass(); at != null; at = at.getSuperclass()) {
            if (kind.isEmpty() || at.getSimpleName().equals(kind) || at.getName().equals(kind)) {
                return;
            }
        }
        throw error;
    }

    /** What a program would end with that ran the examples of these names alone. */
    public static int run(String[] names, Map<String, Example[]> all) {
        for (int at = 0; at < names.length; at++) {
            for (Example example : all.get(names[at])) {
                try {
                    example.run();
                } catch (Throwable error) {
                    System.err.println("an example of " + names[at] + ": " + error);
                    return 10 + at;
                }
            }
        }
        return 0;
    }
}
"""
_MAIN = """\
import assaychecks.Checks;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;

public class RunExamples {
    @SuppressWarnings("unchecked")
    public static void main(String[] words) throws Exception {
        ClassLoader.getSystemClassLoader().setDefaultAssertionStatus(true);
        PrintStream told = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        for (String word : words) {
            String[] parts = word.split(":");
            String[] names = Arrays.copyOfRange(parts, 1, parts.length);
            Class<?> held = Class.forName(parts[0] + ".AssayExamples");
            int ended = Checks.run(names, (Map<String, Checks.Example[]>) held.getField("ALL").get(null));
            told.println(parts[0] + " " + ended);
        }
        System.exit(0);
    }
}
"""
_EXAMPLES = """\
package {key};

{imports}import assaychecks.Checks;
import java.math.*;
import java.time.*;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import static {key}.{stem}.*;

public class AssayExamples {{
    public static final Map<String, Checks.Example[]> ALL = new HashMap<>();

    static {{
{entries}    }}
{methods}}}
"""
_IMPORT = re.compile(r"^[ \t]*import[ \t]+(?:static[ \t]+)?[\w.*]+[ \t]*;[ \t]*$", re.MULTILINE)


def work(asked: Asked) -> Work:
    examples = [one.code for all_ in asked.examples.values() for one in all_]
    lines = {line.strip() for text in [asked.runs[0].code, *examples] for line in _IMPORT.findall(text)}
    imports = "".join(f"{line}\n" for line in sorted(lines) if not _is_own(line, asked.stem))
    files = {"assaychecks/Checks.java": _CHECKS, "RunExamples.java": _MAIN}
    for key, run in zip(asked.keys, asked.runs, strict=True):
        methods, entries = _methods(asked.of(run))
        files[f"{key}/{asked.stem}.java"] = f"package {key}; {run.code}"
        files[f"{key}/AssayExamples.java"] = _EXAMPLES.format(
            key=key, stem=asked.stem, imports=imports, entries=entries, methods=methods
        )
    return Work(files=files, entry="RunExamples.java", programs=all_in_one(asked), tells=True)


def _methods(wanted: Mapping[str, Iterable[Example]]) -> tuple[str, str]:
    """The examples, and the list of them."""
    methods, entries, number = "", "", 0
    for name, examples in wanted.items():
        listed = []
        for example in examples:
            methods += f"\n    static void assay{number}() throws Throwable {{\n{_body(example)}    }}\n"
            listed.append(f"AssayExamples::assay{number}")
            number += 1
        entries += f"        ALL.put({json.dumps(name)}, new Checks.Example[] {{{', '.join(listed)}}});\n"
    return methods, entries


def _is_own(line: str, stem: str) -> bool:
    """An import of the class itself, which is there."""
    return re.search(rf"\b{re.escape(stem)}\b", line) is not None


def _body(example: Example) -> str:
    code = _IMPORT.sub("", example.code)
    return "".join(f"{_statement(part)}\n" for part in pieces("java", code))


def _statement(part: Piece) -> str:
    if part.throws is not None:
        failed = f"Checks.failed(assayError, {json.dumps(part.throws)});"
        return f"try {{ {part.code}\n; throw Checks.none(); }} catch (Throwable assayError) {{ {failed} }}"
    if part.value is None:
        return part.code
    if part.variable:
        return f"{part.code};\nChecks.is({part.variable}, {part.value}\n);"
    return f"Checks.is({part.code}\n, {part.value}\n);"
