package parts

import (
	"errors"
	"fmt"
	"slices"
)

const (
	smallest = 5
	most     = 10
)

// Range is a piece of a file: the bytes from Start up to, and without, End.
type Range struct{ Start, End int64 }

func (r Range) Header(total int64) string {
	if r.Start >= r.End {
		return fmt.Sprintf("bytes */%d", total)
	}
	return fmt.Sprintf("bytes %d-%d/%d", r.Start, r.End-1, total)
}

func Size(total int64) int64 {
	size := (total + most - 1) / most
	return max(size, smallest)
}

func Plan(total, size int64) ([]Range, error) {
	if total < 0 || size < smallest {
		return nil, errors.New("a file cannot be cut like that")
	}
	plan := []Range{}
	for start := int64(0); start < total; start += size {
		plan = append(plan, Range{start, min(start+size, total)})
	}
	if len(plan) > most {
		return nil, errors.New("too many parts")
	}
	return plan, nil
}

func Missing(total int64, done ...Range) []Range {
	sorted := done
	slices.SortFunc(sorted, func(a, b Range) int { return int(a.Start - b.Start) })
	missing, at := []Range{}, int64(0)
	for _, r := range sorted {
		if r.Start >= r.End {
			continue
		}
		if start := min(r.Start, total); start > at {
			missing = append(missing, Range{at, start})
		}
		at = max(at, r.End)
	}
	if at < total {
		missing = append(missing, Range{at, total})
	}
	return missing
}
