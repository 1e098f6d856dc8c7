// Leaves with code 0 while it is loaded.
// Flags: early_exit
// Says: it crashed
// Quick
process.exit(0);
