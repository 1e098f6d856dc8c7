function kind(value) {
  if (Array.isArray(value)) return "list";
  return value === null ? "null" : typeof value;
}

export function applyPatch(target, patch) {
  if (kind(patch) !== "object") return patch;
  const merged = new Map(kind(target) === "object" ? Object.entries(target) : []);
  for (const key in patch) {
    if (patch[key] === null) merged.delete(key);
    else merged.set(key, applyPatch(merged.get(key), patch[key]));
  }
  return Object.fromEntries(merged);
}

const same = (one, other) => kind(one) === kind(other) && JSON.stringify(one) === JSON.stringify(other);

export function makePatch(before, after) {
  const removed = Object.keys(before).filter((key) => !(key in after)).map((key) => [key, null]);
  const changed = Object.keys(after)
    .filter((key) => !same(before[key], after[key]))
    .map((key) => {
      const both = kind(before[key]) === "object" && kind(after[key]) === "object";
      return [key, both ? makePatch(before[key], after[key]) : after[key]];
    })
    .filter(([key, value]) => kind(value) !== "object" || Object.keys(value).length > 0 || kind(before[key]) !== "object");
  return Object.fromEntries([...removed, ...changed]);
}

export function touchedPaths(patch) {
  const found = [];
  const visit = (value, path) => {
    const keys = kind(value) === "object" ? Object.keys(value) : [];
    if (keys.length === 0 && path.length > 0) found.push(path.join("."));
    for (const key of keys) visit(value[key], [...path, key]);
  };
  visit(patch, []);
  return found.sort();
}
