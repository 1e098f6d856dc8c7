// Asks the compiler for an object of many GiB.
// Says: does not compile
static int huge[1L << 30] = {1};
long price(long n) { return huge[n]; }
