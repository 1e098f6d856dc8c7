// Puts a class into java.lang.
// Says: does not compile
package java.lang;
class Answer {
    static long price(long n) { return 0; }
}
