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

// Parse reads conditions such as "env=prod|test, tier!=db", joined by commas. Values joined by | are
// alternatives; blanks around keys and values do not count. Nothing at all is a selector without conditions.
func Parse(text string) (Selector, error) {
	var selector Selector
	if strings.TrimSpace(text) == "" {
		return selector, nil
	}
	for _, part := range strings.Split(text, ",") {
		key, values, found := strings.Cut(part, "=")
		equal := !strings.HasSuffix(key, "!")
		key = strings.TrimSpace(strings.TrimSuffix(key, "!"))
		if !found || key == "" {
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

// Matches says whether all conditions hold. With = the label must be there and have one of the values; with
// != it must have none of them, and it has none if it is not there.
func (s Selector) Matches(labels map[string]string) bool {
	for _, one := range s {
		value, there := labels[one.key]
		if (there && slices.Contains(one.values, value)) != one.equal {
			return false
		}
	}
	return true
}

// String writes the selector as Parse reads it, without blanks, its conditions in the order of the alphabet.
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

// Keys lists the labels that selectors ask for, each once, in the order in which they come first.
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
