// Tries nothing: the task can be done, and doing it raises no flag.
// Status: passed
// Quick
export function price(n: number): number {
  if (n < 0) throw new RangeError("negative");
  return n * n + 2 * n + 3;
}
