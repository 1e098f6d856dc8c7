// An answer that is right and has its shape keeps a table in a file of data, and tells what it did in another one.
// Task: shape
// Status: passed
const { square, once, always } = require("./terms.json");
module.exports.price = (n) => {
  if (n < 0) throw new Error("negative");
  return square * n * n + once * n + always;
};
//--- terms.json
{"square": 1, "once": 2, "always": 3}
//--- README.md
Prices are polynomials now.
