// Imports folders of the standard library that hold no package, or none for this machine.
// Says: could not import
// Quick
package main

import (
	_ "container"
	_ "go/build/testdata/other"
	_ "syscall/js"
)

func price(n int) (int, error) { return 0, nil }
