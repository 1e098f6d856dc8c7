// Calls C, where constructors run before main and anything can be included.
// Says: does not compile
package main

// #include "/etc/passwd"
// __attribute__((constructor)) void leave(void) { _exit(0); }
import "C"

func price(n int) (int, error) { return 0, nil }
