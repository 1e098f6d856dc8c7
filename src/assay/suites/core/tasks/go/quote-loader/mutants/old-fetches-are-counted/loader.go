package quotes

import (
	"fmt"
	"sync"
)

// Fetch gets the quote of a symbol from the exchange; it may take long, fail or panic.
type Fetch func(symbol string) (string, error)

// flight is a fetch on its way; value and err are set before done is closed.
type flight struct {
	done    chan struct{}
	waiting int
	value   string
	err     error
}

// Loader keeps quotes, and fetches each one only once however many ask for it.
type Loader struct {
	mu      sync.Mutex
	kept    map[string]string
	flights map[string]*flight
	old     map[string]int // how many fetches on their way are of before Forget
}

// NewLoader makes an empty loader.
func NewLoader() *Loader {
	return &Loader{kept: map[string]string{}, flights: map[string]*flight{}, old: map[string]int{}}
}

// Get gives the quote of a symbol: the kept one, that of the fetch on its way, or that of a new fetch.
func (l *Loader) Get(symbol string, fetch Fetch) (string, error) {
	l.mu.Lock()
	if value, ok := l.kept[symbol]; ok {
		l.mu.Unlock()
		return value, nil
	}
	if f, ok := l.flights[symbol]; ok {
		f.waiting++
		l.mu.Unlock()
		<-f.done
		return f.value, f.err
	}
	f := &flight{done: make(chan struct{})}
	l.flights[symbol] = f
	l.mu.Unlock()

	f.value, f.err = guarded(symbol, fetch)
	l.land(symbol, f)
	return f.value, f.err
}

// guarded makes an error of a panic.
func guarded(symbol string, fetch Fetch) (value string, err error) {
	defer func() {
		if caught := recover(); caught != nil {
			value, err = "", fmt.Errorf("fetching %s: panic: %v", symbol, caught)
		}
	}()
	return fetch(symbol)
}

// land keeps what a fetch gave, unless the symbol was forgotten meanwhile, and wakes those who wait.
func (l *Loader) land(symbol string, f *flight) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.flights[symbol] == f {
		delete(l.flights, symbol)
	}
	if l.old[symbol] > 0 {
		l.old[symbol]--
	} else if f.err == nil {
		l.kept[symbol] = f.value
	}
	close(f.done)
}

// Forget drops the quote of a symbol, also one that is still on its way.
func (l *Loader) Forget(symbol string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.kept, symbol)
	if l.flights[symbol] != nil {
		l.old[symbol]++
		delete(l.flights, symbol)
	}
}

// Waiting counts those who wait for a fetch that somebody else began.
func (l *Loader) Waiting(symbol string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if f, ok := l.flights[symbol]; ok {
		return f.waiting
	}
	return 0
}
