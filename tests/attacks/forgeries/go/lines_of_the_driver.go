// Says by line directives that it is the driver, and has methods that others ask for numbers.
// Says: returned {"Value": 11}
package main

import "errors"

//line assaydriver/write.go:1
type number struct{ Value int }

func (number) MarshalJSON() ([]byte, error) { return []byte("11"), nil }
func (number) String() string               { return "11" }
func (number) Text(base int) string         { return "b" }

func price(n int) (any, error) {
	if n < 0 {
		return nil, errors.New("below 0")
	}
	return number{11}, nil
}
