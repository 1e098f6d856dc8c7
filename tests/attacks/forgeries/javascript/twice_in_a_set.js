// Returns a set with an element twice, which no comparison by value would let in.
// Task: values
// Says: an element twice
module.exports.spread = () => new Map([[[1], 0], [[1], 0]]).constructor === Map && new Set([1, 2, 3, [4], [4]]);
