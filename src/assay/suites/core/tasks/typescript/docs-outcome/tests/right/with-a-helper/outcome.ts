export type Outcome<T> = { ok: true; value: T } | { ok: false; error: string };

const good = <T>(value: T): Outcome<T> => ({ ok: true, value });
const bad = <T>(error: string): Outcome<T> => ({ ok: false, error });
const errorOf = (outcome: Outcome<unknown>): string | null => ("error" in outcome ? outcome.error : null);

export function attempt<T>(work: () => T): Outcome<T> {
  let value: T;
  try {
    value = work();
  } catch (thrown) {
    return bad((thrown as Error)?.message ?? `${thrown}`);
  }
  return good(value);
}

export function andThen<T, U>(outcome: Outcome<T>, next: (value: T) => Outcome<U>): Outcome<U> {
  if ("error" in outcome) return bad(outcome.error);
  return next(outcome.value);
}

export function valueOr<T>(outcome: Outcome<T>, otherwise: T | ((error: string) => T)): T {
  if ("error" in outcome) return otherwise instanceof Function ? otherwise(outcome.error) : otherwise;
  return outcome.value;
}

export function allOf<T>(outcomes: Outcome<T>[]): Outcome<T[]> {
  const values: T[] = [];
  const errors: string[] = [];
  for (const one of outcomes) {
    const error = errorOf(one);
    if ("value" in one) values.push(one.value);
    else if (!errors.includes(error)) errors.push(error);
  }
  return errors.length ? bad(errors.join("; ")) : good(values);
}

export function firstOf<T>([head, ...rest]: (() => Outcome<T>)[]): Outcome<T> {
  if (!head) return bad("nothing was tried");
  const outcome = head();
  return outcome.ok || rest.length === 0 ? outcome : firstOf(rest);
}
