package assaydriver

// The request: plain values as they come over the wire.

import (
	"math/big"
	"strconv"
)

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
		number, _ := new(big.Int).SetString(text, map[byte]int{'i': 10, 'x': 16}[tag])
		return number
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
