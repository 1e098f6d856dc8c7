package assaydriver

// The request: plain values as they come over the wire.

import (
	"math"
	"strconv"
)

// number is an integer of any size, as it came: what reads and keeps large ones would be linked into every program.
type number struct {
	digits string
	base   int
}

func (n number) signed() (int64, bool) {
	value, failed := strconv.ParseInt(n.digits, n.base, 64)
	return value, failed == nil
}

func (n number) unsigned() (uint64, bool) {
	value, failed := strconv.ParseUint(n.digits, n.base, 64)
	return value, failed == nil
}

// real is infinite for what is too large, as are all numbers that travel in hexadecimal.
func (n number) real() float64 {
	value, _ := strconv.ParseFloat(n.digits, 64)
	if n.base == 16 {
		value = math.Inf(map[bool]int{true: -1, false: 1}[n.digits[0] == '-'])
	}
	return value
}

func (n number) String() string { return n.digits }

type list struct {
	tag   byte
	items []any
}

type pairs struct{ keys, items []any }

type reader struct {
	data []byte
	at   int
}

func (r *reader) value() any {
	start := r.at
	for r.data[r.at] != '\n' {
		r.at++
	}
	tag, text := r.data[start], string(r.data[start+1:r.at])
	r.at++
	switch tag {
	case 'n':
		return nil
	case 'b':
		return text == "1"
	case 'i', 'x':
		return number{text, map[byte]int{'i': 10, 'x': 16}[tag]}
	case 'f':
		real, _ := strconv.ParseFloat(text, 64)
		return real
	}
	count, _ := strconv.Atoi(text)
	switch tag {
	case 's', 'y':
		r.at += count
		if tag == 's' {
			return string(r.data[r.at-count : r.at])
		}
		return r.data[r.at-count : r.at]
	case 'm':
		found := pairs{}
		for i := 0; i < count; i++ {
			found.keys = append(found.keys, r.value())
			found.items = append(found.items, r.value())
		}
		return found
	}
	found := list{tag: tag, items: make([]any, 0, count)}
	for i := 0; i < count; i++ {
		found.items = append(found.items, r.value())
	}
	return found
}
