import { isObject, type Value } from "./values.js";

/** What stands at a path such as "items.2.price"; undefined if nothing does. */
export function read(root: Value, path: string): Value | undefined {
  let at: Value | undefined = root;
  for (const key of path.split(".")) {
    if (!has(at, key)) return undefined;
    at = (at as Record<string, Value>)[key];
  }
  return at;
}

/** Puts a value in place, or takes it away if it is undefined. The way to it has to be there. */
export function write(root: Value, path: string, value: Value | undefined): void {
  const keys = path.split(".");
  const last = keys.pop()!;
  const holder = keys.length === 0 ? root : read(root, keys.join("."));
  if (
    Array.isArray(holder)
      ? !(has(holder, last) || last === String(holder.length)) || value === undefined
      : !isObject(holder)
  ) {
    throw new RangeError(`no such field: ${path}`);
  }
  if (value === undefined) delete (holder as Record<string, Value>)[last];
  else
    Object.defineProperty(holder, last, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
}

function has(holder: Value | undefined, key: string): boolean {
  return (
    typeof holder === "object" &&
    holder !== null &&
    Object.hasOwn(holder, key) &&
    !(Array.isArray(holder) && key === "length")
  );
}
