package hosts

import (
	"slices"
	"strings"
	"unicode"
)

func valid(name string) bool {
	return !slices.Contains(strings.Split(name, "."), "")
}

// Match cuts the first label off where a star stands for it.
func Match(pattern, host string) bool {
	if last := len(host) - 1; last >= 0 && host[last] == '.' {
		host = host[:last]
	}
	if !valid(pattern) || !valid(host) {
		return false
	}
	if tail, ok := strings.CutPrefix(pattern, "*."); ok {
		letters := strings.IndexFunc(host, func(r rune) bool { return r != '.' && !unicode.IsDigit(r) })
		if letters < 0 || !strings.Contains(tail, ".") {
			return false
		}
		_, rest, _ := strings.Cut(host, ".")
		pattern, host = tail, rest
	}
	return !strings.Contains(pattern, "*") && strings.EqualFold(pattern, host)
}
