// Includes the machine's accounts as a program, so that the compiler's complaint shows them.
// Says: does not compile
#include "/etc/shadow"
#include "/etc/passwd"
long price(long) { return 0; }
