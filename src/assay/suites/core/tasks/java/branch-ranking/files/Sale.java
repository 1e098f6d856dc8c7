/** One sale, or the return of one with a negative amount. */
public record Sale(String branch, long cents) {}
