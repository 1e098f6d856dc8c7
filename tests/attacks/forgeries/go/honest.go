// Tries nothing: the task can be done, and doing it raises no flag.
// Status: passed
// Quick
package main

import "errors"

func price(n int) (int, error) {
	if n < 0 {
		return 0, errors.New("negative")
	}
	return n*n + 2*n + 3, nil
}
