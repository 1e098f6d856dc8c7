// Returns a set that announces three elements and yields others.
// Task: values
// Says: expected 3
class Members extends Set {
  get size() { return 3; }
  *[Symbol.iterator]() { yield 1; yield 2; }
}
module.exports.spread = () => new Members();
