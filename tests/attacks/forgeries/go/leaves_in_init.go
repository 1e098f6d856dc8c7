// Leaves with code 0 before anything of the driver runs.
// Flags: early_exit
// Says: it crashed
// Quick
package main

import "os"

func init() { os.Exit(0) }

func price(n int) (int, error) { return 0, nil }
