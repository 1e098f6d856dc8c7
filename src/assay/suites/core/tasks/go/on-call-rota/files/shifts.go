package oncall

import "time"

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
	for begin := asked.from; begin.Before(asked.to); begin = begin.Add(p.turn) {
		end := begin.Add(p.turn)
		shifts = append(shifts, Shift{p.at(begin), utc(begin), utc(end)})
	}
	return shifts, nil
}

func utc(moment time.Time) string {
	return moment.Format(time.RFC3339)
}
