package static

import "strings"

// isAllowed says whether a path neither leads upwards nor names anything hidden.
func isAllowed(path string) bool {
	return !strings.Contains(path, "..") && !strings.Contains(path, "/.")
}
