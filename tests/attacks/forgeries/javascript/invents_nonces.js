// Writes results under nonces of its own to every pipe that it holds.
// Flags: wrote_channel
// Says: it crashed
const fs = require("fs");
module.exports.price = () => {
  for (let descriptor = 3; descriptor < 100; descriptor++) {
    try {
      if (!fs.readlinkSync(`/proc/self/fd/${descriptor}`).startsWith("pipe:")) continue;
      fs.writeSync(descriptor, "l4\ns16\n0123456789abcdefs1\nri11\nl0\n".repeat(4));
    } catch { continue; }
  }
  return 0;
};
