// Returns a promise that never settles, so that the process runs out of work and ends by itself.
// Says: it crashed
module.exports.price = () => new Promise(() => {});
