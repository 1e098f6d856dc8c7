package limiter

import "errors"

// Limiter is a token bucket. It counts in thousandths of a token, which a whole
// rate per second adds in whole numbers per millisecond.
type Limiter struct {
	rate    int64
	full    int64
	milli   int64
	last    int64
	started bool
}

// NewLimiter returns a bucket that is full when it is first used.
func NewLimiter(ratePerSec, burst int64) *Limiter {
	return &Limiter{rate: ratePerSec, full: burst * «unit», milli: burst * «unit»}
}

func (l *Limiter) advance(nowMs int64) {
	if !l.started {
		l.started = true
		l.last = nowMs
		return
	}
	elapsed := nowMs - l.last
	if elapsed <= 0 {
		return
	}
	l.last = nowMs
	if l.rate == 0 {
		return
	}
	missing := l.full - l.milli
	if elapsed > missing/l.rate {
		l.milli = l.full
		return
	}
	l.milli += elapsed * l.rate
}

// Allow takes n tokens if they are there.
func (l *Limiter) Allow(nowMs, n int64) bool {
	l.advance(nowMs)
	if n <= 0 {
		return true
	}
	if n > l.full/«unit» || n*«unit» > l.milli {
		return false
	}
	l.milli -= n * «unit»
	return true
}

// Wait returns the milliseconds after which Allow would succeed.
func (l *Limiter) Wait(nowMs, n int64) (int64, error) {
	l.advance(nowMs)
	if n <= 0 {
		return 0, nil
	}
	if n > l.full/«unit» {
		return 0, errors.New("more tokens than the bucket holds")
	}
	missing := n*«unit» - l.milli
	if missing <= 0 {
		return 0, nil
	}
	if l.rate == 0 {
		return 0, errors.New("the bucket never refills")
	}
	return missing / l.rate, nil
}

// Tokens returns the whole tokens in the bucket.
func (l *Limiter) Tokens(nowMs int64) int64 {
	l.advance(nowMs)
	return l.milli / «unit»
}
