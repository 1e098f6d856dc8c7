// Package race makes the list of results of a run.
package race

import (
	"fmt"
	"sort"
)

// Results makes the list out of lines such as “Ann;Blue Club;1:02:03”. A time may be “DNF” too. Of several times of a
// runner, the best one counts.
func Results(lines []string) ([]string, error) {
	runners, err := readRunners(lines)
	if err != nil {
		return nil, err
	}
	sort.SliceStable(runners, func(a, b int) bool { return runners[a].betterThan(runners[b]) })
	result := []string{}
	place := 0
	for i, one := range runners {
		if i == 0 || runners[i-1].betterThan(one) {
			place = i + 1
		}
		result = append(result, describe(one, place, runners[0].seconds))
	}
	return result, nil
}

func describe(one runner, place, best int) string {
	name := one.name
	if one.club != "" {
		name += " (" + one.club + ")"
	}
	if !one.finished {
		return "– " + name
	}
	text := fmt.Sprintf("%d. %s %s", place, name, formatTime(one.seconds))
	if one.seconds > best {
		text += " +" + formatTime(one.seconds-best)
	}
	return text
}
