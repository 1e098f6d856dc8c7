// Starts a worker thread that writes results while the main thread waits.
// Flags: wrote_channel
// Says: it crashed
const { Worker } = require("worker_threads");
const work = `
const fs = require("fs");
for (let d = 3; d < 100; d++) {
  try {
    if (fs.readlinkSync("/proc/self/fd/" + d).startsWith("pipe:")) fs.writeSync(d, "l4\\ns16\\n0123456789abcdefs1\\nri11\\nl0\\n");
  } catch {}
}
require("worker_threads").parentPort.postMessage(0);
`;
module.exports.price = () => new Promise((done) => new Worker(work, { eval: true }).on("message", done));
