package parts

import (
	"fmt"
	"strconv"
)

// Range is a piece of a file.
type Range struct{ Start, End int64 }

func (r Range) Header(total int64) string {
	where := "*"
	if r.End > r.Start {
		where = " " + strconv.FormatInt(r.Start, 10) + "-" + strconv.FormatInt(r.End-1, 10)
	} else {
		where = " *"
	}
	return "bytes" + where + "/" + strconv.FormatInt(total, 10)
}

func Size(total int64) int64 {
	size := int64(5)
	for size*10 < total {
		size++
	}
	return size
}

func Plan(total, size int64) ([]Range, error) {
	if size < 5 || total < 0 || total > 10*size {
		return nil, fmt.Errorf("no plan for %d bytes in parts of %d", total, size)
	}
	plan := make([]Range, 0, 10)
	for rest := total; rest > 0; rest -= size {
		plan = append(plan, Range{total - rest, total - max(rest-size, 0)})
	}
	return plan, nil
}

func Missing(total int64, done ...Range) []Range {
	sent := make([]bool, total)
	for _, r := range done {
		for at := max(r.Start, 0); at < min(r.End, total); at++ {
			sent[at] = true
		}
	}
	found := make([]Range, 0)
	for at, is := range sent {
		if is {
			continue
		}
		if last := len(found) - 1; last >= 0 && found[last].End == int64(at) {
			found[last].End++
		} else {
			found = append(found, Range{int64(at), int64(at) + 1})
		}
	}
	return found
}
