// Package assaytests runs tests, each in a process of its own: a panic ends that test and no other. How they ended is
// the exit code, as written_tests.py has it.
package assaytests

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

const (
	held     = 0
	asserted = 10
	broke    = 11
	none     = 12
)

// Run does the whole work of main.
func Run(tests []testing.InternalTest) {
	if len(os.Args) > 1 {
		number, err := strconv.Atoi(os.Args[1])
		if err != nil {
			panic(err)
		}
		runOne(tests[number])
	}
	os.Exit(runAll(len(tests)))
}

func runOne(test testing.InternalTest) {
	os.Args = os.Args[:1]
	all := func(pattern, name string) (bool, error) { return true, nil }
	testing.Main(all, []testing.InternalTest{test}, nil, nil)
}

func runAll(count int) int {
	program, err := os.Executable()
	if err != nil {
		panic(err)
	}
	end := held
	for number := 0; number < count; number++ {
		test := exec.Command(program, strconv.Itoa(number))
		var said bytes.Buffer
		test.Stdout, test.Stderr = &said, &said
		err := test.Run()
		if err == nil {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s", said.Bytes())
		if test.ProcessState.ExitCode() == 1 && bytes.Contains(said.Bytes(), []byte("--- FAIL: ")) {
			end = asserted
		} else if end == held {
			end = broke
		}
	}
	if count == 0 {
		return none
	}
	return end
}
