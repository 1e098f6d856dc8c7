// Tries nothing: the task can be done, and doing it raises no flag.
// Status: passed
// Quick
function price(n) {
  if (n < 0) throw new RangeError("negative");
  return n * n + 2 * n + 3;
}
