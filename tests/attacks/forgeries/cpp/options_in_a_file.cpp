// Names a file so that the compiler would read options from it.
// Says: no path below the working folder
long price(long n) { return 0; }
//--- @options.cpp
-o /dev/null
