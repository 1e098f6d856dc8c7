package hosts

import "regexp"

var (
	plain   = regexp.MustCompile(`^[^.*]+(\.[^.*]+)*$`)
	starred = regexp.MustCompile(`^\*(\.[^.*]+){2,}$`)
	address = regexp.MustCompile(`^[0-9.]+$`)
)

// Match makes a regular expression of the pattern.
func Match(pattern, host string) bool {
	var form string
	switch {
	case plain.MatchString(pattern):
		form = regexp.QuoteMeta(pattern)
	case starred.MatchString(pattern) && !address.MatchString(host):
		form = `.+` + regexp.QuoteMeta(pattern[1:])
	default:
		return false
	}
	return regexp.MustCompile(`(?i)^` + form + `\.?$`).MatchString(host)
}
