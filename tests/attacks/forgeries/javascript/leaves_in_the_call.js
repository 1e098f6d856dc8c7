// Leaves with code 0 from inside the call, past exit handlers.
// Flags: early_exit
// Says: it crashed
module.exports.price = () => process.reallyExit(0);
