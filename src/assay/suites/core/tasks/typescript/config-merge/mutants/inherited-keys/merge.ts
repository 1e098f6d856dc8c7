/** Three-way merge of configurations. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Config = { [key: string]: Json };

export interface Merge {
  merged: Config;
  /** JSON pointers of the places where both sides want something different, sorted. */
  conflicts: string[];
}

export function mergeConfigs(base: Config, ours: Config, theirs: Config): Merge {
  const conflicts: string[] = [];
  const merged = mergeObjects(base, ours, theirs, "", conflicts);
  return { merged, conflicts: conflicts.sort() };
}

function mergeObjects(base: Config, ours: Config, theirs: Config, path: string, conflicts: string[]): Config {
  const result: [string, Json][] = [];
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const value = mergeValues(
      own(base, key), own(ours, key), own(theirs, key), `${path}/${escape(key)}`, conflicts,
    );
    if (value !== undefined) result.push([key, value]);
  }
  return Object.fromEntries(result);
}

/** The merged value; `undefined` stands for a key that is not there. */
function mergeValues(
  base: Json | undefined,
  ours: Json | undefined,
  theirs: Json | undefined,
  path: string,
  conflicts: string[],
): Json | undefined {
  if (equal(ours, theirs) || equal(base, theirs)) return structuredClone(ours);
  if (equal(base, ours)) return structuredClone(theirs);
  if (isObject(ours) && isObject(theirs)) {
    return mergeObjects(isObject(base) ? base : {}, ours, theirs, path, conflicts);
  }
  conflicts.push(path);
  return structuredClone(ours);
}

function own(config: Config, key: string): Json | undefined {
  return config[key];
}

function isObject(value: Json | undefined): value is Config {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
    );
  }
  return a === b;
}

/** A key as a step of a JSON pointer (RFC 6901). */
function escape(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
