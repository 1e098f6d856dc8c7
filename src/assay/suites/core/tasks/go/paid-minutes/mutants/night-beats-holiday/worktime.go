package worktime

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

const layout = "2006-01-02 15:04"

// Shift is a time that somebody worked, as "2006-01-02 15:04" in local time.
type Shift struct {
	Start, End string
}

// Day is the paid time of a calendar day, in minutes.
type Day struct {
	Date                            string
	Plain, Night, Holiday, Overtime int
}

const (
	longest   = 16 * time.Hour
	breakFrom = 6 * time.Hour
	breakTime = 30 * time.Minute
	fullDay   = 8 * 60
)

// Pay sorts the minutes of shifts into days and kinds.
func Pay(shifts []Shift, holidays []string) ([]Day, error) {
	spans, err := read(shifts)
	if err != nil {
		return nil, err
	}
	days := map[string]*Day{}
	for _, s := range spans {
		for at := s.start; at.Before(s.end); at = at.Add(time.Minute) {
			if worked := at.Sub(s.start); worked >= breakFrom && worked < breakFrom+breakTime {
				continue
			}
			date := at.Format(time.DateOnly)
			if days[date] == nil {
				days[date] = &Day{Date: date}
			}
			days[date].count(at, slices.Contains(holidays, date))
		}
	}
	paid := make([]Day, 0, len(days))
	for _, day := range days {
		paid = append(paid, *day)
	}
	slices.SortFunc(paid, func(a, b Day) int { return strings.Compare(a.Date, b.Date) })
	return paid, nil
}

// count adds the minute that begins at a time.
func (d *Day) count(at time.Time, holiday bool) {
	if d.Plain+d.Night+d.Holiday >= fullDay {
		d.Overtime++
	}
	switch {
	case at.Hour() >= 22 || at.Hour() < 6:
		d.Night++
	case holiday || at.Weekday() == time.Sunday:
		d.Holiday++
	default:
		d.Plain++
	}
}

type span struct {
	start, end time.Time
}

// read checks the shifts one by one, then each pair.
func read(shifts []Shift) ([]span, error) {
	spans := make([]span, len(shifts))
	for i, shift := range shifts {
		start, err := time.Parse(layout, shift.Start)
		if err != nil {
			return nil, fmt.Errorf("shift %d: cannot read the start", i+1)
		}
		end, err := time.Parse(layout, shift.End)
		if err != nil {
			return nil, fmt.Errorf("shift %d: cannot read the end", i+1)
		}
		if !start.Before(end) {
			return nil, fmt.Errorf("shift %d: ends before it begins", i+1)
		}
		if end.Sub(start) > longest {
			return nil, fmt.Errorf("shift %d: too long", i+1)
		}
		spans[i] = span{start, end}
	}
	for i, a := range spans {
		for j, b := range spans[i+1:] {
			if a.start.Before(b.end) && b.start.Before(a.end) {
				return nil, fmt.Errorf("shifts %d and %d overlap", i+1, i+j+2)
			}
		}
	}
	return spans, nil
}
