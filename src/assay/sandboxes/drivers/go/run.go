// Package assaydriver is the Go driver: it fits plain values to the answer's own types by reflection, makes the
// calls read from descriptor 3, says on descriptor 4 what they did. It knows nothing of expected values.
package assaydriver

import (
	"io"
	"os"
	"reflect"
	"runtime/debug"
	"syscall"
)

// Run does all that is asked and leaves.
func Run(table map[string]any) {
	debug.SetMaxStack(256 << 20)
	file := os.NewFile(3, "requests")
	data, _ := io.ReadAll(file)
	file.Close()
	channel := hidden(4)
	reader := &reader{data: data}
	cases := reader.value().(list).items[1].(list).items
	for _, one := range cases {
		out := &writer{}
		var made reflect.Value
		for _, step := range one.(list).items {
			parts := step.(list).items
			made = doStep(table, made, parts, out)
		}
		send(channel, out.data)
	}
	os.Exit(0)
}

func hidden(descriptor int) int {
	moved, _, failed := syscall.Syscall(syscall.SYS_FCNTL, uintptr(descriptor), 0x406, 40)
	if failed != 0 {
		return descriptor
	}
	syscall.Close(descriptor)
	return int(moved)
}

func send(channel int, data []byte) {
	for len(data) > 0 {
		n, err := syscall.Write(channel, data)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			os.Exit(1)
		}
		data = data[n:]
	}
}
