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
	client, err := parseClient(address)
	if err != nil {
		return false, err
	}
	allowed, longest := false, anywhere
	for _, rule := range rules {
		if rule.covers(client) && rule.length >= longest {
			allowed, longest = rule.allow, rule.length
		}
	}
	return allowed, nil
}

// parseClient reads an address with or without brackets, port and zone.
func parseClient(text string) (netip.Addr, error) {
	if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
		text += ":0"
	}
	if with, err := netip.ParseAddrPort(text); err == nil {
		return plain(with.Addr()), nil
	}
	address, err := netip.ParseAddr(text)
	return plain(address), err
}

// plain is the address without zone, and as IPv4 where it is an IPv4 address inside an IPv6 one.
func plain(address netip.Addr) netip.Addr {
	return address.WithZone("").Unmap()
}
