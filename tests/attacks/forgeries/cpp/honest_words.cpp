// Tries nothing: a word is another one, as in programs of contests, and a type is called as one of the driver's.
// Status: passed
// Quick
#include <bits/stdc++.h>
using namespace std;
#define int long long
struct Step { int much; };
int price(int n) {
    if (n < 0) throw invalid_argument("negative");
    return Step{n * n + 2 * n + 3}.much;
}
