// Ends the driver's goroutine and lets another one end the process with success.
// Flags: early_exit
// Says: it crashed
package main

import (
	"os"
	"runtime"
	"time"
)

func price(n int) (int, error) {
	go func() {
		time.Sleep(10 * time.Millisecond)
		os.Exit(0)
	}()
	runtime.Goexit()
	return 0, nil
}
