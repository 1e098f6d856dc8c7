// Package breaker keeps services that are down from being called.
package breaker

import "time"

type state int

const (
	closed state = iota
	open
	onTrial
)

// Breaker allows calls, or does not.
type Breaker struct {
	limit  int
	rest   time.Duration
	now    func() time.Time
	state  state
	failed int
	opened time.Time
	before bool
}

// New makes a breaker that is closed.
func New(limit int, rest time.Duration, now func() time.Time) *Breaker {
	return &Breaker{limit: limit, rest: rest, now: now}
}

// Allow says whether a call may be made now.
func (b *Breaker) Allow() bool {
	switch b.state {
	case closed:
		return true
	case open:
		if b.now().Sub(b.opened) >= b.rest {
			b.state = onTrial
			return true
		}
	}
	return false
}

// Done takes what came of a call that was allowed.
func (b *Breaker) Done(ok bool) {
	switch {
	case b.state == open:
		return
	case ok:
		b.state = closed
		b.failed = 0
	case b.state == onTrial:
		b.open()
	default:
		b.failed++
		if b.failed >= b.limit {
			b.open()
		}
	}
}

func (b *Breaker) open() {
	b.state = open
	b.failed = 0
	if !b.before {
		b.before = true
		b.opened = b.now()
	}
}
