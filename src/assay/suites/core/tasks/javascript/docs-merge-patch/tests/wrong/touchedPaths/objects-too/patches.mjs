const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function applyPatch(target, patch) {
  if (!isPlain(patch)) return patch;
  const result = isPlain(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = applyPatch(result[key], value);
  }
  return result;
}

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

export function touchedPaths(patch) {
  return Object.entries(patch)
    .flatMap(([key, value]) => {
      const inner = isPlain(value) ? touchedPaths(value) : [];
      return [key, ...inner.map((path) => `${key}.${path}`)];
    })
    .sort();
}
