package access

import (
	"fmt"
	"net/netip"
	"strings"
)

// anywhere is the length of "all", which is less specific than any prefix.
const anywhere = -1

// rule is one line of the configuration.
type rule struct {
	allow  bool
	prefix netip.Prefix
	length int
}

func (r rule) covers(address netip.Addr) bool {
	return r.length == anywhere || r.prefix.Contains(address)
}

// parseRules reads the configuration; errors name the line, counted from 1.
func parseRules(config string) ([]rule, error) {
	var rules []rule
	for i, line := range strings.Split(config, "\n") {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		found, err := parseRule(words)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		rules = append(rules, found)
	}
	return rules, nil
}

func parseRule(words []string) (rule, error) {
	if len(words) != 2 {
		return rule{}, fmt.Errorf("want two words, have %d", len(words))
	}
	if words[0] != "allow" && words[0] != "deny" {
		return rule{}, fmt.Errorf("unknown word %q", words[0])
	}
	found := rule{allow: words[0] == "allow", length: anywhere}
	if words[1] == "all" {
		return found, nil
	}
	prefix, err := parsePrefix(words[1])
	found.prefix, found.length = prefix, prefix.Bits()
	return found, err
}

func parsePrefix(text string) (netip.Prefix, error) {
	if strings.Contains(text, "/") {
		return netip.ParsePrefix(text)
	}
	address, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	return netip.PrefixFrom(address, address.BitLen()), nil
}
