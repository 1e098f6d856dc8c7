package main

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var form = regexp.MustCompile(
	`^[^ ]+ [^ ]+ [^ ]+ \[[^\]]*\] "((?:[^"\\]|\\.)*)" ([0-9]{3}) ([0-9]+|-)(?: .*)?$`)

type row struct {
	path                 string
	count, errors, bytes int64
}

var columns = map[string]func(*row) int64{
	"count":  func(r *row) int64 { return r.count },
	"errors": func(r *row) int64 { return r.errors },
	"bytes":  func(r *row) int64 { return r.bytes },
}

func main() {
	top := flag.Int("top", 10, "how many paths to print")
	by := flag.String("by", "count", "count, errors or bytes")
	flag.Parse()
	column, known := columns[*by]
	if !known || *top < 1 || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "usage: accesslog [-top N] [-by count|errors|bytes]")
		os.Exit(2)
	}
	rows, skipped, err := summarise(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	slices.SortStableFunc(rows, func(a, b *row) int {
		return cmp.Compare(column(b), column(a))
	})
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, r := range rows[:min(*top, len(rows))] {
		fmt.Fprintf(out, "%s\t%d\t%d\t%d\n", r.path, r.count, r.errors, r.bytes)
	}
	if skipped > 0 {
		fmt.Fprintf(out, "skipped: %d\n", skipped)
	}
}

func summarise(in io.Reader) (rows []*row, skipped int, err error) {
	reader := bufio.NewReader(in)
	byPath := map[string]*row{}
	for err == nil {
		var line string
		line, err = reader.ReadString('\n')
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if line == "" {
			continue
		}
		path, status, size, ok := parse(line)
		if !ok {
			skipped++
			continue
		}
		r := byPath[path]
		if r == nil {
			r = &row{path: path}
			byPath[path] = r
			rows = append(rows, r)
		}
		r.count++
		r.bytes += size
		if status[0] == '«class»' {
			r.errors++
		}
	}
	if err == io.EOF {
		err = nil
	}
	return rows, skipped, err
}

func parse(line string) (path, status string, size int64, ok bool) {
	m := form.FindStringSubmatch(line)
	if m == nil {
		return "", "", 0, false
	}
	parts := strings.Split(m[1], " ")
	if len(parts) != 3 || slices.Contains(parts, "") {
		return "", "", 0, false
	}
	if m[3] != "-" {
		var err error
		if size, err = strconv.ParseInt(m[3], 10, 64); err != nil {
			return "", "", 0, false
		}
	}
	path, _, _ = strings.Cut(parts[1], "?")
	return path, m[2], size, true
}
