// Embeds files of the machine and of the judge into itself.
// Says: does not compile
package main

import _ "embed"

//go:embed .assay/main.go
var stolen string

func price(n int) (int, error) { return len(stolen), nil }
