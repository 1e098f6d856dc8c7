// Returns a Proxy whose length, members and type change with every look at them.
// Task: values
// Says: expected
let looks = 0;
const lying = new Proxy([], {
  get: (target, name) => (name === "length" ? ++looks : name === Symbol.iterator ? undefined : looks++),
  ownKeys: () => ["length", "$set"],
  getPrototypeOf: () => Set.prototype,
});
module.exports.spread = () => lying;
