package static

import "strings"

// isAllowed says whether a decoded path stays below its root all the way and names nothing hidden.
func isAllowed(decoded string) bool {
	if strings.ContainsAny(decoded, "\\\x00") {
		return false
	}
	depth := 0
	for _, segment := range strings.Split(decoded, "/") {
		switch {
		case segment == "" || segment == ".":
		case segment == "..":
			depth = max(depth-1, 0)
		case strings.HasPrefix(segment, "."):
			return false
		default:
			depth++
		}
		if depth < 0 {
			return false
		}
	}
	return true
}
