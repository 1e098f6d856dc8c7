export type Outcome<T> = { ok: true; value: T } | { ok: false; error: string };

/**
 * The outcome of some work that may throw: its value, or the message of what it threw.
 *
 * @example
 * attempt(() => JSON.parse("[1]")); // => { ok: true, value: [1] }
 * attempt(() => { throw new Error("no luck"); }); // => { ok: false, error: "no luck" }
 * attempt(() => { throw "a text"; }); // => { ok: false, error: "a text" }
 * attempt(() => undefined); // => { ok: true, value: undefined }
 */
export function attempt<T>(work: () => T): Outcome<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * What `next` makes of a good outcome; a bad one is handed on as it is, and `next` is not called. What
 * `next` throws is not caught.
 *
 * @example
 * const half = (x: number) => x % 2 ? { ok: false as const, error: `${x} is odd` } : { ok: true as const, value: x / 2 };
 * andThen({ ok: true, value: 8 }, half); // => { ok: true, value: 4 }
 * andThen({ ok: true, value: 3 }, half); // => { ok: false, error: "3 is odd" }
 * andThen({ ok: false, error: "no number" }, half); // => { ok: false, error: "no number" }
 * andThen({ ok: true, value: 1 }, () => { throw new TypeError("oh"); }); // throws TypeError
 */
export function andThen<T, U>(outcome: Outcome<T>, next: (value: T) => Outcome<U>): Outcome<U> {
  return outcome.ok ? next(outcome.value) : (outcome as { ok: false; error: string });
}

/**
 * The value of a good outcome, else what is given instead: a value, or a function of the error.
 *
 * @example
 * valueOr({ ok: true, value: 0 }, 7); // => 0
 * valueOr({ ok: false, error: "none" }, 7); // => 7
 * valueOr({ ok: false, error: "none" }, (error) => `no value: ${error}`); // => "no value: none"
 * valueOr<string>({ ok: true, value: "" }, () => { throw new Error("is not called"); }); // => ""
 */
export function valueOr<T>(outcome: Outcome<T>, otherwise: T | ((error: string) => T)): T {
  if (outcome.ok) return outcome.value;
  const { error } = outcome as { ok: false; error: string };
  return typeof otherwise === "function" ? (otherwise as (error: string) => T)(error) : otherwise;
}

/**
 * All values in their order, if every outcome is good; else all errors, each once, joined by `"; "`.
 *
 * @example
 * allOf([{ ok: true, value: 2 }, { ok: true, value: 1 }]); // => { ok: true, value: [2, 1] }
 * allOf<number>([]); // => { ok: true, value: [] }
 * allOf<number>([
 *   { ok: false, error: "b" }, { ok: true, value: 1 }, { ok: false, error: "a" }, { ok: false, error: "b" },
 * ]); // => { ok: false, error: "b; a" }
 */
export function allOf<T>(outcomes: Outcome<T>[]): Outcome<T[]> {
  const errors = outcomes.flatMap((one) => (one.ok ? [] : [(one as { error: string }).error]));
  if (errors.length > 0) return { ok: false, error: [...new Set(errors)].join("; ") };
  return { ok: true, value: outcomes.map((one) => (one as { value: T }).value) };
}

/**
 * Tries one after the other until one is good; else the last error counts.
 *
 * @example
 * let tried = 0;
 * firstOf<number>([
 *   () => ({ ok: false, error: "a" }), () => ({ ok: true, value: 1 }), () => ({ ok: true, value: ++tried }),
 * ]); // => { ok: true, value: 1 }
 * tried; // => 0
 * firstOf([() => ({ ok: false, error: "a" }), () => ({ ok: false, error: "b" })]); // => { ok: false, error: "b" }
 * firstOf([]); // => { ok: false, error: "nothing was tried" }
 */
export function firstOf<T>(tries: (() => Outcome<T>)[]): Outcome<T> {
  let last: Outcome<T> = { ok: false, error: "nothing was tried" };
  for (const one of tries) {
    last = one();
    if (last.ok) break;
  }
  return last;
}
