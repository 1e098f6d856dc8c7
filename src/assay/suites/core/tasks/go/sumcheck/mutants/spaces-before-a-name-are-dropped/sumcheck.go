package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

const (
	allRight       = 0
	somethingWrong = 1
	misused        = 2
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout))
}

// entry is a line of the list.
type entry struct {
	sum  []byte
	name string
}

// tally counts what became of the lines.
type tally struct {
	checked, wrong, unreadable int
}

func run(args []string, stdin io.Reader, stdout io.Writer) int {
	flags := flag.NewFlagSet("sumcheck", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	quiet := flags.Bool("q", false, "")
	lenient := flags.Bool("m", false, "")
	if err := flags.Parse(args); err != nil || flags.NArg() > 1 {
		return misused
	}
	list, err := open(flags.Args(), stdin)
	if err != nil {
		return misused
	}
	defer list.Close()

	var count tally
	lines := bufio.NewScanner(list)
	for lines.Scan() {
		text := lines.Text()
		if strings.TrimSpace(text) == "" || strings.HasPrefix(text, "#") {
			continue
		}
		wanted, ok := parse(text)
		if !ok {
			count.unreadable++
			continue
		}
		said := check(wanted)
		if said == "MISSING" && *lenient {
			continue
		}
		count.checked++
		if said != "OK" {
			count.wrong++
		}
		if said != "OK" || !*quiet {
			fmt.Fprintf(stdout, "%s: %s\n", wanted.name, said)
		}
	}
	if lines.Err() != nil {
		return misused
	}
	return report(stdout, count)
}

func open(names []string, stdin io.Reader) (io.ReadCloser, error) {
	if len(names) == 0 || names[0] == "-" {
		return io.NopCloser(stdin), nil
	}
	return os.Open(names[0])
}

// parse reads a line such as "<64 digits>  name" or "<64 digits> *name".
func parse(line string) (entry, bool) {
	digits, name, found := strings.Cut(line, " ")
	if !found || len(name) < 2 || name[0] != ' ' && name[0] != '*' {
		return entry{}, false
	}
	sum, err := hex.DecodeString(digits)
	return entry{sum, strings.TrimLeft(name, " *")}, err == nil && len(sum) == sha256.Size
}

func check(wanted entry) string {
	if strings.HasPrefix(wanted.name, "/") || slices.Contains(strings.Split(wanted.name, "/"), "..") {
		return "REFUSED"
	}
	file, err := os.Open(wanted.name)
	if errors.Is(err, fs.ErrNotExist) {
		return "MISSING"
	}
	if err != nil {
		return "FAILED"
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil || !bytes.Equal(hash.Sum(nil), wanted.sum) {
		return "FAILED"
	}
	return "OK"
}

func report(stdout io.Writer, count tally) int {
	if count.unreadable > 0 {
		fmt.Fprintf(stdout, "%d unreadable %s\n", count.unreadable, plural("line", count.unreadable))
	}
	if count.wrong > 0 {
		fmt.Fprintf(stdout, "%d of %d %s wrong\n", count.wrong, count.checked, plural("file", count.checked))
	}
	if count.checked == 0 {
		fmt.Fprintln(stdout, "nothing checked")
	}
	if count.wrong > 0 || count.unreadable > 0 || count.checked == 0 {
		return somethingWrong
	}
	return allRight
}

func plural(noun string, count int) string {
	if count == 1 {
		return noun
	}
	return noun + "s"
}
