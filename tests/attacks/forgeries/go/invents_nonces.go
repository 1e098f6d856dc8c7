// Writes results under nonces of its own to every pipe that it holds, from another goroutine.
// Flags: wrote_channel
// Says: it crashed
// Quick
package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
)

func price(n int) (int, error) {
	done := make(chan bool)
	go func() {
		for descriptor := 3; descriptor < 100; descriptor++ {
			link, _ := os.Readlink(fmt.Sprint("/proc/self/fd/", descriptor))
			if strings.HasPrefix(link, "pipe:") {
				syscall.Write(descriptor, []byte("l4\ns16\n0123456789abcdefs1\nri11\nl0\n"))
			}
		}
		done <- true
	}()
	<-done
	return 0, nil
}
