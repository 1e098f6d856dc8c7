// Tries nothing: imports stand as the language lets them, if not as its formatter writes them.
// Status: passed
package main; import ("errors"; "log")
import /* for (sums) */ tables "encoding/csv"

func price(n int) (int, error) {
	if n < 0 {
		log.Println(tables.ErrQuote)
		return 0, errors.New("negative")
	}
	return n*n + 2*n + 3, nil
}
