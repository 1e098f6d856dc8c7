// Package hosts decides for which hosts a certificate is good.
package hosts

import "strings"

// Match says whether the pattern fits the host.
func Match(pattern, host string) bool {
	wanted := strings.Split(pattern, ".")
	labels := strings.Split(strings.ToLower(strings.TrimSuffix(host, ".")), ".")
	if len(wanted) != len(labels) {
		return false
	}
	for i, label := range wanted {
		switch {
		case label == "" || labels[i] == "":
			return false
		case i == 0 && label == "*":
			if len(wanted) < 3 || isAddress(labels) {
				return false
			}
		case strings.Contains(label, "*") || label != labels[i]:
			return false
		}
	}
	return true
}

func isAddress(labels []string) bool {
	return strings.Trim(strings.Join(labels, ""), "0123456789") == ""
}
