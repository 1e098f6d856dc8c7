// Returns an error that is nil and yet is none, and panics where its text is read.
// Says:
package main

type trouble struct{ text *string }

func (t *trouble) Error() string { return *t.text }

func price(n int) (int, error) {
	var failed *trouble
	return 11, failed
}
