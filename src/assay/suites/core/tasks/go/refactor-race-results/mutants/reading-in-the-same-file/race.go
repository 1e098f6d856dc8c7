// Package race makes the list of results of a run.
package race

import (
	"errors"
	"fmt"
	"sort"
	"strings"
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

// runner is a runner's best time; without one, finished is false.
type runner struct {
	name, club string
	seconds    int
	finished   bool
}

// betterThan says whether r came in before other.
func (r runner) betterThan(other runner) bool {
	return r.finished && (!other.finished || r.seconds < other.seconds)
}

// readRunners gives each runner once, in the order of the lines in which they came up.
func readRunners(lines []string) ([]runner, error) {
	var runners []runner
	index := map[string]int{}
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		one, err := readRunner(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		at, known := index[one.name]
		if !known {
			index[one.name] = len(runners)
			runners = append(runners, one)
		} else if one.betterThan(runners[at]) {
			runners[at] = one
		}
	}
	return runners, nil
}

func readRunner(line string) (runner, error) {
	parts := strings.Split(line, ";")
	if len(parts) != 3 {
		return runner{}, errors.New("needs name;club;time")
	}
	one := runner{name: strings.TrimSpace(parts[0]), club: strings.TrimSpace(parts[1])}
	if one.name == "" {
		return runner{}, errors.New("no name")
	}
	text := strings.TrimSpace(parts[2])
	if text == "DNF" {
		return one, nil
	}
	seconds, err := parseTime(text)
	one.seconds, one.finished = seconds, true
	return one, err
}
