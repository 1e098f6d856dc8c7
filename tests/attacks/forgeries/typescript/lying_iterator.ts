// Returns an iterator that lies about its end.
// Task: values
// Says: expected
export function spread(n: number): unknown {
  let turn = 0;
  return { next: () => ({ done: turn++ > 2, value: { $set: [1, 2, 3] } }), [Symbol.iterator]() { return this; }, size: 3 };
}
