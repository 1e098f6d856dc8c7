package access

import (
	"net/netip"
	"strings"
)

// Allowed says whether the configuration lets a client in that comes from address.
func Allowed(config, address string) (bool, error) {
	rules, err := parseRules(config)
	if err != nil {
		return false, err
	}
	if strings.Count(address, ":") == 1 {
		address, _, _ = strings.Cut(address, ":")
	}
	client, err := netip.ParseAddr(address)
	if err != nil {
		return false, err
	}
	for _, rule := range rules {
		if rule.covers(client) {
			return rule.allow, nil
		}
	}
	return client.Is6(), nil
}
