package selector

import (
	"errors"
	"sort"
	"strings"
)

// Selector is a list of conditions; all of them must hold.
type Selector []rule

type rule struct {
	name    string
	negated bool
	allowed map[string]bool
	written string
}

func trimmed(text string) string { return strings.Trim(text, " \t\r\n") }

func Parse(text string) (Selector, error) {
	if trimmed(text) == "" {
		return nil, nil
	}
	var made []rule
	for rest, more := text, true; more; {
		var part string
		part, rest, more = strings.Cut(rest, ",")
		at := strings.IndexByte(part, '=')
		if at < 0 {
			return nil, errors.New("no condition: " + part)
		}
		name, negated := strings.CutSuffix(part[:at], "!")
		one := rule{name: trimmed(name), negated: negated, allowed: map[string]bool{}}
		if one.name == "" {
			return nil, errors.New("no key: " + part)
		}
		for i, value := range strings.Split(part[at+1:], "|") {
			if i > 0 {
				one.written += "|"
			}
			one.written += trimmed(value)
			one.allowed[trimmed(value)] = true
		}
		made = append(made, one)
	}
	return made, nil
}

func (r rule) holds(labels map[string]string) bool {
	value, there := labels[r.name]
	if !there {
		return r.negated
	}
	return r.allowed[value] != r.negated
}

func (s Selector) Matches(labels map[string]string) bool {
	for i := range s {
		if !s[i].holds(labels) {
			return false
		}
	}
	return true
}

func (s Selector) String() string {
	var lines []string
	for _, r := range s {
		if r.negated {
			lines = append(lines, r.name+"!="+r.written)
		} else {
			lines = append(lines, r.name+"="+r.written)
		}
	}
	sort.Strings(lines)
	return strings.Join(lines, ",")
}

func Keys(selectors ...Selector) []string {
	seen, found := map[string]bool{}, make([]string, 0)
	for _, s := range selectors {
		for _, r := range s {
			if !seen[r.name] {
				seen[r.name] = true
				found = append(found, r.name)
			}
		}
	}
	return found
}
