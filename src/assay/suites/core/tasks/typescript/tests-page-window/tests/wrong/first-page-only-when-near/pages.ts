export function pageWindow(current: number, last: number, around: number): (number | null)[] {
  if (last === 0) return [];
  const at = current < 1 ? 1 : current > last ? last : current;
  const kept = new Set([last]);
  for (let away = -around; away <= around; away += 1) {
    const page = at + away;
    if (page >= 1 && page <= last) kept.add(page);
  }
  const pages = [...kept].sort((a, b) => a - b);
  return pages.flatMap((page, index) => {
    const gap = index === 0 ? 0 : page - pages[index - 1] - 1;
    if (gap === 0) return [page];
    return gap === 1 ? [page - 1, page] : [null, page];
  });
}
