type Shown = number | null;

const range = (from: number, to: number): Shown[] =>
  Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => from + index);

export const pageWindow = (current: number, last: number, around: number): Shown[] => {
  const middle = Math.max(1, Math.min(current, last));
  let from = middle - around;
  let to = middle + around;
  if (from <= 4) from = 1;
  if (to >= last - 2) to = last;
  const left: Shown[] = from > 1 ? [1, null] : [];
  const right: Shown[] = to < last ? [null, last] : [];
  return [...left, ...range(from, to), ...right];
};
