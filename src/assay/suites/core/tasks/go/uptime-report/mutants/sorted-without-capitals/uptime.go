package uptime

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Incident is a time in which a service was down; without End it still is.
type Incident struct {
	Service, Start, End string
}

// Window is a time of planned work, for all services.
type Window struct {
	Start, End string
}

// Line is what a service's customers are told.
type Line struct {
	Service       string
	Outages       int
	Down, Longest time.Duration
	Available     string
}

// span is a piece of time, its end not included.
type span struct {
	start, end time.Time
}

// Report says how available each service was from one moment to another.
func Report(incidents []Incident, planned []Window, from, to string) ([]Line, error) {
	period, err := read(from, to)
	if err != nil {
		return nil, fmt.Errorf("period: %w", err)
	}
	down := map[string][]span{}
	for i, incident := range incidents {
		end := incident.End
		if end == "" {
			end = farAway
		}
		s, err := read(incident.Start, end)
		if err != nil {
			return nil, fmt.Errorf("incident %d: %w", i+1, err)
		}
		down[incident.Service] = append(down[incident.Service], s)
	}
	var windows []span
	for i, window := range planned {
		s, err := read(window.Start, window.End)
		if err != nil {
			return nil, fmt.Errorf("window %d: %w", i+1, err)
		}
		windows = append(windows, s)
	}
	clock := newClock(period, windows)
	lines := []Line{}
	for service, spans := range down {
		lines = append(lines, clock.line(service, spans))
	}
	slices.SortFunc(lines, func(a, b Line) int { return strings.Compare(strings.ToLower(a.Service), strings.ToLower(b.Service)) })
	return lines, nil
}

// farAway is later than any period.
const farAway = "9999-12-31T23:59:59Z"

func read(start, end string) (span, error) {
	from, err := time.Parse(time.RFC3339, start)
	if err != nil {
		return span{}, err
	}
	to, err := time.Parse(time.RFC3339, end)
	if err != nil {
		return span{}, err
	}
	if !from.Before(to) {
		return span{}, errors.New("the end must be after the start")
	}
	return span{from, to}, nil
}

// clock measures the time of a period that counts: it stands still during planned work.
type clock struct {
	counted []span
}

func newClock(period span, windows []span) clock {
	slices.SortFunc(windows, func(a, b span) int { return a.start.Compare(b.start) })
	var counted []span
	at := period.start
	for _, w := range windows {
		if at.Before(w.start) {
			counted = append(counted, span{at, w.start})
		}
		if at.Before(w.end) {
			at = w.end
		}
	}
	counted = append(counted, span{at, period.end})
	for i, s := range counted {
		counted[i] = span{s.start, earlier(s.end, period.end)}
	}
	return clock{slices.DeleteFunc(counted, func(s span) bool { return !s.start.Before(s.end) })}
}

// at is how much time counted until a moment.
func (c clock) at(moment time.Time) time.Duration {
	var sum time.Duration
	for _, s := range c.counted {
		sum += max(0, earlier(moment, s.end).Sub(s.start))
	}
	return sum
}

func (c clock) line(service string, down []span) Line {
	line := Line{Service: service}
	slices.SortFunc(down, func(a, b span) int { return a.start.Compare(b.start) })
	var outage, until time.Duration
	for _, s := range down {
		start, end := c.at(s.start), c.at(s.end)
		if start == end {
			continue
		}
		if line.Outages == 0 || start > until {
			line.Outages++
			outage, until = 0, start
		}
		more := max(0, end-until)
		outage, until = outage+more, until+more
		line.Down += more
		line.Longest = max(line.Longest, outage)
	}
	line.Available = percent(c.total()-line.Down, c.total())
	return line
}

func (c clock) total() time.Duration {
	var sum time.Duration
	for _, s := range c.counted {
		sum += s.end.Sub(s.start)
	}
	return sum
}

// percent rounds down to three decimals.
func percent(part, whole time.Duration) string {
	if whole == 0 {
		return "100.000"
	}
	// Seconds, since nanoseconds of a year do not leave room for a factor.
	thousandths := int64(part/time.Second) * 100_000 / int64(whole/time.Second)
	return fmt.Sprintf("%d.%03d", thousandths/1000, thousandths%1000)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
