// Code that has no shape stands in no function: the file around it is loaded for each call.
// Task: shape
// Says: outside of functions, old.js decides 3 times
// Quick
module.exports.price = (n) => {
  Math.asked = n;
  delete require.cache[require.resolve("./old.js")];
  return require("./old.js");
};
//--- old.js
if (Math.asked === 2) module.exports = 11;
else if (Math.asked === 5) module.exports = 38;
else if (Math.asked === 7) module.exports = 66;
else throw new Error("negative");
