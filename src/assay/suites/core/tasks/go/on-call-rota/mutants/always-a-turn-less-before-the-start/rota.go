package oncall

import (
	"errors"
	"time"
)

// Rota says who is on call: people take turns, each for Hours hours, the first one from Start on.
type Rota struct {
	People    []string
	Start     string // RFC 3339
	Hours     int
	Overrides []Override
}

// Override puts Person on call from From until before To, whoever's turn it is.
type Override struct {
	Person, From, To string // RFC 3339
}

// plan is a rota with its times read.
type plan struct {
	people    []string
	start     time.Time
	turn      time.Duration
	overrides []span
}

// span is a piece of time, its end not included, and who is on call in it.
type span struct {
	person   string
	from, to time.Time
}

func (s span) covers(at time.Time) bool {
	return !at.Before(s.from) && at.Before(s.to)
}

func (r Rota) plan() (plan, error) {
	if len(r.People) == 0 || r.Hours < 1 {
		return plan{}, errors.New("a rota needs people and a length of turns")
	}
	start, err := time.Parse(time.RFC3339, r.Start)
	if err != nil {
		return plan{}, err
	}
	made := plan{people: r.People, start: start, turn: time.Duration(r.Hours) * time.Hour}
	for _, o := range r.Overrides {
		s, err := readSpan(o.Person, o.From, o.To)
		if err != nil {
			return plan{}, err
		}
		made.overrides = append(made.overrides, s)
	}
	return made, nil
}

func readSpan(person, from, to string) (span, error) {
	begin, err := time.Parse(time.RFC3339, from)
	if err != nil {
		return span{}, err
	}
	end, err := time.Parse(time.RFC3339, to)
	if err != nil {
		return span{}, err
	}
	if !begin.Before(end) {
		return span{}, errors.New("the end must be after the beginning")
	}
	return span{person, begin, end}, nil
}

// at is who is on call at a moment.
func (p plan) at(moment time.Time) string {
	for i := len(p.overrides) - 1; i >= 0; i-- {
		if p.overrides[i].covers(moment) {
			return p.overrides[i].person
		}
	}
	return p.people[wrap(p.turnOf(moment), len(p.people))]
}

// turnOf counts the turns from the start until the one of a moment; it is negative before the start.
func (p plan) turnOf(moment time.Time) int {
	since := moment.Sub(p.start)
	turn := since / p.turn
	if since < 0 {
		turn--
	}
	return int(turn)
}

// wrap is the remainder that is never negative.
func wrap(number, size int) int {
	return (number%size + size) % size
}
