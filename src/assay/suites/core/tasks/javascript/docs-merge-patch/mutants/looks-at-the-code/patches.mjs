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
 * makePatch({ a: 1, b: 2 }, { b: 3, c: 4 }); // => { a: null, b: 3, c: 4 }
 * makePatch({ a: { b: 1, c: 2 } }, { a: { b: 1, c: 5 } }); // => { a: { c: 5 } }
 * makePatch({ a: { b: 1 }, list: [1, 2] }, { a: { b: 1 }, list: [1, 2] }); // => {}
 * makePatch({ list: [1, 2] }, { list: [1] }); // => { list: [1] }
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
 * The paths that a patch changes.
 *
 * @example
 * touchedPaths({}); // => []
 * touchedPaths.toString().includes("flatMap"); // => true
 */
export function touchedPaths(patch) {
  return Object.entries(patch)
    .flatMap(([key, value]) => {
      const inner = isPlain(value) ? touchedPaths(value) : [];
      return inner.length > 0 ? inner.map((path) => `${key}.${path}`) : [key];
    })
    .sort();
}
