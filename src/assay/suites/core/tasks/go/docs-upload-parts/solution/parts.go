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

// Header writes the range as the header Content-Range of a file of so many bytes has it: there the last
// byte is included. A range without bytes has an asterisk.
func (r Range) Header(total int64) string {
	if r.Start >= r.End {
		return fmt.Sprintf("bytes */%d", total)
	}
	return fmt.Sprintf("bytes %d-%d/%d", r.Start, r.End-1, total)
}

// Size is the smallest size of a part with which a file of so many bytes goes into 10 parts; 5 bytes at
// least.
func Size(total int64) int64 {
	size := (total + most - 1) / most
	return max(size, smallest)
}

// Plan cuts a file into parts of the size, of which the last may be smaller; nothing is no part. There may
// be 10 of them at most, and none but the last may have fewer than 5 bytes.
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

// Missing lists what of a file is still to be sent, in its order and in as few pieces as possible. What was
// done may come in any order, overlap, be empty, and go beyond the end.
func Missing(total int64, done ...Range) []Range {
	sorted := slices.Clone(done)
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
