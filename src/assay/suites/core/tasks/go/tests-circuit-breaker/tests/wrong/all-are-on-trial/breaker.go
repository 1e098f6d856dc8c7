package breaker

import "time"

// A mode answers both questions and says what is next.
type mode interface {
	allow(now time.Time) (bool, mode)
	done(ok bool, now time.Time) mode
}

type Breaker struct {
	now  func() time.Time
	mode mode
}

type settings struct {
	limit int
	rest  time.Duration
}

type (
	working struct {
		settings
		left int
	}
	resting struct {
		settings
		until time.Time
	}
	trying struct{ settings }
)

func New(limit int, rest time.Duration, now func() time.Time) *Breaker {
	return &Breaker{now, settings{limit, rest}.work()}
}

func (b *Breaker) Allow() bool {
	allowed, next := b.mode.allow(b.now())
	b.mode = next
	return allowed
}

func (b *Breaker) Done(ok bool) { b.mode = b.mode.done(ok, b.now()) }

func (s settings) work() mode { return working{s, s.limit} }

func (s settings) pause(now time.Time) mode { return resting{s, now.Add(s.rest)} }

func (m working) allow(time.Time) (bool, mode) { return true, m }

func (m working) done(ok bool, now time.Time) mode {
	switch {
	case ok:
		return m.work()
	case m.left <= 1:
		return m.pause(now)
	}
	return working{m.settings, m.left - 1}
}

func (m resting) allow(now time.Time) (bool, mode) {
	if now.Before(m.until) {
		return false, m
	}
	return true, trying{m.settings}
}

func (m resting) done(bool, time.Time) mode { return m }

func (m trying) allow(time.Time) (bool, mode) { return true, m }

func (m trying) done(ok bool, now time.Time) mode {
	if ok {
		return m.work()
	}
	return m.pause(now)
}
