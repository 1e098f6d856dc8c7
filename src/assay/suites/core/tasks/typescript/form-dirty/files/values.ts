export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

export function isObject(value: Value | undefined): value is { [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A copy of a value. */
export function copy<T extends Value>(value: T): T {
  return isObject(value) ? Object.assign({}, value) : value;
}

/** Whether two values are the same as JSON. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The paths at which two values differ. */
export function differences(
  a: Value | undefined,
  b: Value | undefined,
  path: string[] = [],
): string[] {
  if (same(a, b)) return [];
  if (!isObject(a) || !isObject(b)) return [path.join(".")];
  return Object.keys(b).flatMap((key) => differences(a[key], b[key], [...path, key]));
}
