export type Outcome<T> = { ok: true; value: T } | { ok: false; error: string };

export function attempt<T>(work: () => T): Outcome<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

export function andThen<T, U>(outcome: Outcome<T>, next: (value: T) => Outcome<U>): Outcome<U> {
  return outcome.ok ? next(outcome.value) : (outcome as { ok: false; error: string });
}

export function valueOr<T>(outcome: Outcome<T>, otherwise: T | ((error: string) => T)): T {
  if (outcome.ok) return outcome.value;
  const { error } = outcome as { ok: false; error: string };
  return typeof otherwise === "function" ? (otherwise as (error: string) => T)(error) : otherwise;
}

export function allOf<T>(outcomes: Outcome<T>[]): Outcome<T[]> {
  const errors = outcomes.flatMap((one) => (one.ok ? [] : [(one as { error: string }).error]));
  if (errors.length > 0) return { ok: false, error: [...new Set(errors)].join("; ") };
  return { ok: true, value: outcomes.map((one) => (one as { value: T }).value) };
}

export function firstOf<T>(tries: (() => Outcome<T>)[]): Outcome<T> {
  let last: Outcome<T> = { ok: false, error: "nothing was tried" };
  for (const one of tries) {
    last = one();
    if (last.ok) break;
  }
  return last;
}
