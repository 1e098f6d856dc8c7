// Package race makes the list of results of a run.
package race

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Results makes the list out of lines such as “Ann;Blue Club;1:02:03”. A time may be “DNF” too. Of several times of a
// runner, the best one counts.
func Results(lines []string) ([]string, error) {
	type runner struct {
		name, club string
		seconds    int
	}
	var runners []runner
	index := map[string]int{}
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		parts := strings.Split(line, ";")
		if len(parts) != 3 {
			return nil, fmt.Errorf("line %d: needs name;club;time", i+1)
		}
		name := strings.TrimSpace(parts[0])
		club := strings.TrimSpace(parts[1])
		text := strings.TrimSpace(parts[2])
		if name == "" {
			return nil, fmt.Errorf("line %d: no name", i+1)
		}
		seconds := -1
		if text != "DNF" {
			fields := strings.Split(text, ":")
			if len(fields) < 2 || len(fields) > 3 {
				return nil, fmt.Errorf("line %d: no time: %s", i+1, text)
			}
			seconds = 0
			for at, field := range fields {
				number, err := strconv.Atoi(field)
				if err != nil || number < 0 || (at > 0 && (len(field) != 2 || number > 59)) {
					return nil, fmt.Errorf("line %d: no time: %s", i+1, text)
				}
				seconds = seconds*60 + number
			}
		}
		if at, known := index[name]; known {
			old := runners[at].seconds
			if seconds >= 0 && (old < 0 || seconds < old) {
				runners[at].seconds = seconds
				runners[at].club = club
			}
			continue
		}
		index[name] = len(runners)
		runners = append(runners, runner{name, club, seconds})
	}

	sort.SliceStable(runners, func(a, b int) bool {
		if runners[a].seconds < 0 {
			return false
		}
		if runners[b].seconds < 0 {
			return true
		}
		return runners[a].seconds < runners[b].seconds
	})
	result := []string{}
	place := 0
	for i, one := range runners {
		if one.seconds < 0 {
			text := "– " + one.name
			if one.club != "" {
				text += " (" + one.club + ")"
			}
			result = append(result, text)
			continue
		}
		if i == 0 || one.seconds != runners[i-1].seconds {
			place = i + 1
		}
		text := strconv.Itoa(place) + ". " + one.name
		if one.club != "" {
			text += " (" + one.club + ")"
		}
		if one.seconds >= 3600 {
			text += fmt.Sprintf(" %d:%02d:%02d", one.seconds/3600, one.seconds/60%60, one.seconds%60)
		} else {
			text += fmt.Sprintf(" %d:%02d", one.seconds/60, one.seconds%60)
		}
		if behind := one.seconds - runners[0].seconds; behind > 0 {
			if behind >= 3600 {
				text += fmt.Sprintf(" +%d:%02d:%02d", behind/3600, behind/60%60, behind%60)
			} else {
				text += fmt.Sprintf(" +%d:%02d", behind/60, behind%60)
			}
		}
		result = append(result, text)
	}
	return result, nil
}
