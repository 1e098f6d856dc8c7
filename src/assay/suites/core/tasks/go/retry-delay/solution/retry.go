package retry

import (
	"errors"
	"strings"
)

// Policy bounds how often and how slowly a request is repeated.
type Policy struct {
	BaseMs      int64
	CapMs       int64
	MaxAttempts int
}

const maxHeaderMs = «minutes * 6 // 100»_«minutes * 60 % 1000:03»_000

var retryable = map[int]bool{0: true, «early»: true, 429: true, 500: true, 502: true, 503: true, 504: true}

// NextDelay returns the wait in milliseconds, or -1 when there must be no further attempt.
func NextDelay(p Policy, attempt int, status int, retryAfter string) (int64, error) {
	if p.BaseMs < 1 || p.CapMs < p.BaseMs || p.MaxAttempts < 1 || attempt < 1 {
		return 0, errors.New("invalid retry policy or attempt")
	}
	if attempt >= p.MaxAttempts || !retryable[status] {
		return -1, nil
	}
	delay := backoff(p, attempt)
	if status == 429 || status == 503 {
		delay = max(delay, headerMs(retryAfter))
	}
	return delay, nil
}

func backoff(p Policy, attempt int) int64 {
	delay := p.BaseMs
	for i := 1; i < attempt; i++ {
		if delay > p.CapMs/2 {
			return p.CapMs
		}
		delay *= 2
	}
	return delay
}

func headerMs(value string) int64 {
	var ms int64
	for _, c := range strings.Trim(value, " ") {
		if c < '0' || c > '9' {
			return 0
		}
		ms = min(ms*10+int64(c-'0')*1000, maxHeaderMs)
	}
	return ms
}
