package build

import (
	"errors"
	"slices"
	"strings"
)

// BuildWaves groups targets into waves, or reports the first of the shortest cycles.
func BuildWaves(deps map[string][]string) ([][]string, error) {
	needs := normalise(deps)
	users := reversed(needs)
	open := make(map[string]int, len(needs))
	var wave []string
	for name, list := range needs {
		open[name] = len(list)
		if len(list) == 0 {
			wave = append(wave, name)
		}
	}
	var waves [][]string
	built := 0
	for len(wave) > 0 {
		slices.Sort(wave)
		waves = append(waves, wave)
		built += len(wave)
		var next []string
		for _, name := range wave {
			for _, user := range users[name] {
				open[user]--
				if open[user] == 0 {
					next = append(next, user)
				}
			}
		}
		wave = next
	}
	if built < len(needs) {
		return nil, errors.New("cycle: " + strings.Join(shortestCycle(needs, users), " -> "))
	}
	return waves, nil
}

func normalise(deps map[string][]string) map[string][]string {
	needs := make(map[string][]string, len(deps))
	for name, list := range deps {
		own := slices.Clone(list)
		slices.Sort(own)
		needs[name] = slices.Compact(own)
		for _, need := range list {
			if _, known := deps[need]; !known {
				needs[need] = nil
			}
		}
	}
	return needs
}

func sortedNames(needs map[string][]string) []string {
	names := make([]string, 0, len(needs))
	for name := range needs {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func reversed(needs map[string][]string) map[string][]string {
	users := make(map[string][]string, len(needs))
	for name, list := range needs {
		for _, need := range list {
			users[need] = append(users[need], name)
		}
	}
	return users
}

// shortestCycle tries each name as the smallest of its cycle, so that names before it are left out.
func shortestCycle(needs, users map[string][]string) []string {
	var best []string
	for _, start := range sortedNames(needs) {
		toStart := distances(users, start)
		length := 0
		for _, need := range needs[start] {
			if d, ok := toStart[need]; ok && (length == 0 || d+1 < length) {
				length = d + 1
			}
		}
		if length == 0 || best != nil {
			continue
		}
		best = []string{start}
		at := start
		for left := length - 1; left >= 0; left-- {
			for _, need := range needs[at] {
				if d, ok := toStart[need]; ok && d == left {
					at = need
					break
				}
			}
			best = append(best, at)
		}
	}
	return best
}

// distances counts the steps from each name to start along needs, over names not smaller than start.
func distances(users map[string][]string, start string) map[string]int {
	steps := map[string]int{start: 0}
	queue := []string{start}
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		for _, user := range users[name] {
			if _, seen := steps[user]; !seen && user > start {
				steps[user] = steps[name] + 1
				queue = append(queue, user)
			}
		}
	}
	return steps
}
