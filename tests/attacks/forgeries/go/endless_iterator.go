// Returns an iterator that goes on after it was told to stop.
// Status: failed exceeded
// Says:
package main

func price(n int) (func(func(int) bool), error) {
	return func(yield func(int) bool) {
		for i := 0; i < 3_000_000; i++ {
			yield(11)
		}
	}, nil
}
