package breaker

import "time"

// Breaker is open while wakes is set, and on trial while trial is.
type Breaker struct {
	limit, misses int
	rest          time.Duration
	clock         func() time.Time
	wakes         *time.Time
	trial         bool
}

func New(limit int, rest time.Duration, now func() time.Time) *Breaker {
	b := new(Breaker)
	b.limit, b.rest, b.clock = limit, rest, now
	return b
}

func (b *Breaker) Allow() bool {
	if b.trial {
		return false
	}
	if b.wakes == nil {
		return true
	}
	if b.wakes.After(b.clock()) {
		return false
	}
	b.wakes = nil
	b.trial = true
	return true
}

func (b *Breaker) Done(ok bool) {
	if b.wakes != nil {
		return
	}
	b.misses++
	if ok {
		b.misses = 0
	}
	if b.misses == b.limit || b.trial && !ok {
		wakes := b.clock().Add(b.rest)
		b.wakes = &wakes
		b.misses = 0
	}
	b.trial = false
}
