export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

export function isObject(value: Value | undefined): value is { [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A copy that shares nothing with the original. */
export function copy<T extends Value>(value: T): T {
  return structuredClone(value);
}

/** Whether two values are the same as JSON; the order of keys does not count. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => same(item, b[i]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
    );
  }
  return a === b;
}

/** The paths at which two values differ: as deep as both have objects, or lists of one length. */
export function differences(
  a: Value | undefined,
  b: Value | undefined,
  path: string[] = [],
): string[] {
  if (same(a, b)) return [];
  const deeper = (isObject(a) && isObject(b)) || (Array.isArray(a) && Array.isArray(b));
  if (!deeper) return [path.join(".")];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.flatMap((key) => differences(own(a, key), own(b, key), [...path, key]));
}

function own(value: Value, key: string): Value | undefined {
  return Object.hasOwn(value as object, key) ? (value as Record<string, Value>)[key] : undefined;
}
