package selector

import (
	"fmt"
	"slices"
	"strings"
)

// Selector is a list of conditions; all of them must hold.
type Selector []condition

type condition struct {
	key    string
	equal  bool
	values []string
}

func Parse(text string) (Selector, error) {
	var selector Selector
	if strings.TrimSpace(text) == "" {
		return selector, nil
	}
	for _, part := range strings.Split(text, ",") {
		key, values, found := strings.Cut(part, "=")
		equal := !strings.HasSuffix(key, "!")
		key = strings.TrimSpace(strings.TrimSuffix(key, "!"))
		if !found {
			return nil, fmt.Errorf("%q is no condition: it should be key=value or key!=value", strings.TrimSpace(part))
		}
		one := condition{key: key, equal: equal}
		for _, value := range strings.Split(values, "|") {
			one.values = append(one.values, strings.TrimSpace(value))
		}
		selector = append(selector, one)
	}
	return selector, nil
}

func (s Selector) Matches(labels map[string]string) bool {
	for _, one := range s {
		value, there := labels[one.key]
		if (there && slices.Contains(one.values, value)) != one.equal {
			return false
		}
	}
	return true
}

func (s Selector) String() string {
	parts := make([]string, 0, len(s))
	for _, one := range s {
		sign := "="
		if !one.equal {
			sign = "!="
		}
		parts = append(parts, one.key+sign+strings.Join(one.values, "|"))
	}
	slices.Sort(parts)
	return strings.Join(parts, ",")
}

func Keys(selectors ...Selector) []string {
	keys := []string{}
	for _, s := range selectors {
		for _, one := range s {
			if !slices.Contains(keys, one.key) {
				keys = append(keys, one.key)
			}
		}
	}
	return keys
}
