import { isObject, type Value } from "./values.js";

/** What stands at a path such as "items.2.price"; undefined if nothing does. */
export function read(root: Value, path: string): Value | undefined {
  let at: Value | undefined = root;
  for (const key of path.split(".")) {
    at = (at as Record<string, Value>)[key];
  }
  return at;
}

/** Puts a value in place. */
export function write(root: Value, path: string, value: Value | undefined): void {
  const keys = path.split(".");
  const last = keys.pop()!;
  const holder = keys.length === 0 ? root : read(root, keys.join("."));
  if (!isObject(holder) && !Array.isArray(holder)) throw new RangeError(`no such field: ${path}`);
  (holder as Record<string, Value>)[last] = value as Value;
}
