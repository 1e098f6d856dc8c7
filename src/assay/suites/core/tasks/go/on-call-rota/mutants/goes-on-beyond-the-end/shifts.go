package oncall

import (
	"slices"
	"time"
)

// Shift is a time through which one person is on call; From and To are RFC 3339 in UTC.
type Shift struct {
	Person, From, To string
}

// OnCall says who is on call at a moment.
func OnCall(rota Rota, at string) (string, error) {
	p, err := rota.plan()
	if err != nil {
		return "", err
	}
	moment, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return "", err
	}
	return p.at(moment), nil
}

// Shifts lists who is on call from a moment until before another one.
func Shifts(rota Rota, from, to string) ([]Shift, error) {
	p, err := rota.plan()
	if err != nil {
		return nil, err
	}
	asked, err := readSpan("", from, to)
	if err != nil {
		return nil, err
	}
	shifts := []Shift{}
	bounds := p.bounds(asked)
	for i, begin := range bounds[:len(bounds)-1] {
		person, end := p.at(begin), utc(bounds[i+1])
		if last := len(shifts) - 1; last >= 0 && shifts[last].Person == person {
			shifts[last].To = end
			continue
		}
		shifts = append(shifts, Shift{person, utc(begin), end})
	}
	return shifts, nil
}

// bounds are all moments inside of what is asked at which somebody else may be on call, and its two ends.
func (p plan) bounds(asked span) []time.Time {
	bounds := []time.Time{asked.from, asked.to}
	add := func(moment time.Time) {
		if moment.After(asked.from) {
			bounds = append(bounds, moment)
		}
	}
	turn := p.start.Add(time.Duration(p.turnOf(asked.from)) * p.turn)
	for ; turn.Before(asked.to); turn = turn.Add(p.turn) {
		add(turn)
	}
	for _, o := range p.overrides {
		add(o.from)
		add(o.to)
	}
	slices.SortFunc(bounds, time.Time.Compare)
	return slices.CompactFunc(bounds, time.Time.Equal)
}

func utc(moment time.Time) string {
	return moment.UTC().Format(time.RFC3339)
}
