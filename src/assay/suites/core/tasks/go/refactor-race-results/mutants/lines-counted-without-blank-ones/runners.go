package race

import (
	"errors"
	"fmt"
	"strings"
)

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
	i := -1
	for _, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		i++
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
