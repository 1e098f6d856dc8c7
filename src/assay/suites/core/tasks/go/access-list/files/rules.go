package access

import (
	"fmt"
	"net/netip"
	"strings"
)

// rule is one line of the configuration.
type rule struct {
	allow  bool
	prefix netip.Prefix
}

func (r rule) covers(address netip.Addr) bool {
	return r.prefix.Contains(address)
}

// parseRules reads the configuration; errors name the line, counted from 1.
func parseRules(config string) ([]rule, error) {
	var rules []rule
	for _, line := range strings.Split(config, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		found, err := parseRule(strings.Fields(line))
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", len(rules)+1, err)
		}
		rules = append(rules, found)
	}
	return rules, nil
}

func parseRule(words []string) (rule, error) {
	if len(words) != 2 {
		return rule{}, fmt.Errorf("want two words, have %d", len(words))
	}
	text := words[1]
	if text == "all" {
		text = "0.0.0.0/0"
	}
	if !strings.Contains(text, "/") {
		text += "/32"
	}
	prefix, err := netip.ParsePrefix(text)
	return rule{allow: words[0] == "allow", prefix: prefix}, err
}
