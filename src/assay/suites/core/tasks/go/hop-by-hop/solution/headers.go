package proxy

import (
	"slices"
	"strings"
)

// hopByHop are the headers that belong to one connection only, in lower case.
var hopByHop = []string{
	"connection", "keep-alive", "proxy-authenticate", "proxy-authorization",
	"proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
}

// endToEnd are headers that a Connection header cannot remove, in lower case.
var endToEnd = []string{"authorization", "cache-control", "content-length", "content-type", "host"}

// tokens splits the comma-separated values of all headers with the given name (any case)
// into trimmed, lower-case words; empty words are left out.
func tokens(header map[string][]string, name string) []string {
	var words []string
	for key, values := range header {
		if !strings.EqualFold(key, name) {
			continue
		}
		for _, value := range values {
			for _, word := range strings.Split(value, ",") {
				if word = strings.ToLower(strings.Trim(word, " \t")); word != "" {
					words = append(words, word)
				}
			}
		}
	}
	return words
}

// StripHopByHop removes from header, in place, what must not be forwarded to the next hop.
// It returns the keys that it removed or changed, spelled as they were in the map, sorted.
func StripHopByHop(header map[string][]string) []string {
	named := tokens(header, "connection")
	trailers := slices.Contains(tokens(header, "te"), "trailers")
	touched := []string{}
	for key, values := range header {
		name := strings.ToLower(key)
		listed := slices.Contains(named, name) && !slices.Contains(endToEnd, name)
		if !listed && !slices.Contains(hopByHop, name) {
			continue
		}
		if name == "te" && trailers {
			if len(values) == 1 && values[0] == "trailers" {
				continue
			}
			header[key] = []string{"trailers"}
		} else {
			delete(header, key)
		}
		touched = append(touched, key)
	}
	slices.Sort(touched)
	return touched
}
