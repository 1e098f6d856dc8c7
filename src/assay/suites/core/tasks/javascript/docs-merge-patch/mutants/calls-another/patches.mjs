const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What `target` becomes with the patch merged into it; `target` itself stays as it is.
 *
 * A value of `null` removes its key. Objects are merged key by key; everything else, lists among it, is
 * replaced as a whole.
 *
 * @example
 * applyPatch({ a: 1, b: { c: 2, d: 3 } }, { b: { c: null }, e: 4 }); // => { a: 1, b: { d: 3 }, e: 4 }
 * applyPatch({ tags: ["x", "y"] }, { tags: ["z"] }); // => { tags: ["z"] }
 * applyPatch({ a: "text" }, { a: { b: 1, c: null } }); // => { a: { b: 1 } }
 * applyPatch({ a: 1 }, ["all of it"]); // => ["all of it"]
 *
 * @example
 * const stored = { a: 1 };
 * applyPatch(stored, { a: null }); // => {}
 * stored; // => { a: 1 }
 */
export function applyPatch(target, patch) {
  if (!isPlain(patch)) return patch;
  const result = isPlain(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = applyPatch(result[key], value);
  }
  return result;
}

/**
 * The smallest patch that makes `after` out of `before`.
 *
 * @example
 * applyPatch({ a: 1 }, { a: 2 }); // => { a: 2 }
 */
export function makePatch(before, after) {
  const patch = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!Object.hasOwn(after, key)) {
      patch[key] = null;
    } else if (isPlain(before[key]) && isPlain(after[key])) {
      const inner = makePatch(before[key], after[key]);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) {
      patch[key] = after[key];
    }
  }
  return patch;
}

/**
 * The paths that a patch changes, in the order of the alphabet; an empty object is a path of its own.
 *
 * @example
 * touchedPaths({ b: { d: 1, c: { e: null } }, a: [1] }); // => ["a", "b.c.e", "b.d"]
 * touchedPaths({ a: {} }); // => ["a"]
 * touchedPaths({}); // => []
 */
export function touchedPaths(patch) {
  return Object.entries(patch)
    .flatMap(([key, value]) => {
      const inner = isPlain(value) ? touchedPaths(value) : [];
      return inner.length > 0 ? inner.map((path) => `${key}.${path}`) : [key];
    })
    .sort();
}
