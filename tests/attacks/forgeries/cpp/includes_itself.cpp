// Includes itself without end.
// Says: does not compile
#include __FILE__
long price(long) { return 0; }
