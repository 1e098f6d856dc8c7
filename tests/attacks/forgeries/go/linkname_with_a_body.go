// Defines the driver's own functions once more, under their names.
// Says:
package main

import _ "unsafe"

//go:linkname mine assaydriver.send
func mine(channel int, data []byte) {}

func price(n int) (int, error) { return 0, nil }
