// Returns 0 and throws from a timer, with a handler that ends the process with code 0.
// Flags: early_exit
// Says: it crashed
process.on("uncaughtException", () => process.exit(0));
module.exports.price = () => new Promise(() => setTimeout(() => { throw new Error("later"); }, 1));
