package quotes

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// answer is how a fetch shall end.
type answer struct {
	how, text string
}

// stage is what Play knows of the callers and fetches that it set going.
type stage struct {
	loader  *Loader
	began   chan string              // symbols of fetches that began
	fetches map[string][]chan answer // by symbol, those that did not end yet, oldest first
	pending chan chan answer         // hands the channel of a fetch over
	counts  map[string]int           // by symbol, how many fetches began
	callers map[string]chan string   // by name, what a caller got
	said    []string
}

// Play acts out a script on a new Loader, one line after the other, and returns what it said. The lines:
//
//	get NAME SYMBOL     NAME calls Get in a goroutine; Play goes on when NAME fetches, waits or has its result
//	ok SYMBOL TEXT      the oldest fetch of SYMBOL ends with TEXT; likewise "fail" and "panic"
//	newest SYMBOL TEXT  the newest fetch of SYMBOL ends with TEXT
//	result NAME         says what NAME got: "NAME = TEXT" or "NAME ! ERROR"
//	waiting SYMBOL      says Waiting(SYMBOL)
//	fetches SYMBOL      says how many fetches of SYMBOL began until now
//	forget SYMBOL       calls Forget
func Play(script []string) []string {
	s := &stage{
		loader:  NewLoader(),
		began:   make(chan string, 100),
		fetches: map[string][]chan answer{},
		pending: make(chan chan answer, 100),
		counts:  map[string]int{},
		callers: map[string]chan string{},
		said:    []string{},
	}
	for _, line := range script {
		words := strings.SplitN(line, " ", 3)
		if err := s.do(words[0], words[1], strings.Join(words[2:], "")); err != nil {
			return append(s.said, line+": "+err.Error())
		}
	}
	return s.said
}

func (s *stage) do(verb, name, rest string) error {
	switch verb {
	case "get":
		return s.get(name, rest)
	case "ok", "fail", "panic":
		open := s.fetches[name]
		if len(open) == 0 {
			return errors.New("no fetch on its way")
		}
		s.fetches[name] = open[1:]
		open[0] <- answer{verb, rest}
	case "newest":
		last := len(s.fetches[name]) - 1
		if last < 0 {
			return errors.New("no fetch on its way")
		}
		end := s.fetches[name][last]
		s.fetches[name] = s.fetches[name][:last]
		end <- answer{"ok", rest}
	case "result":
		select {
		case got := <-s.callers[name]:
			s.said = append(s.said, name+got)
		case <-time.After(2 * time.Second):
			return errors.New("no result")
		}
	case "waiting":
		s.said = append(s.said, fmt.Sprintf("%s: %d waiting", name, s.loader.Waiting(name)))
	case "fetches":
		s.said = append(s.said, fmt.Sprintf("%s: %d fetched", name, s.counts[name]))
	case "forget":
		s.loader.Forget(name)
	}
	return nil
}

func (s *stage) get(name, symbol string) error {
	before := s.loader.Waiting(symbol)
	result := make(chan string, 1)
	s.callers[name] = result
	go func() {
		value, err := s.loader.Get(symbol, s.fetch)
		if err != nil {
			result <- " ! " + err.Error()
		} else {
			result <- " = " + value
		}
	}()
	for range 20000 {
		select {
		case <-s.began:
			s.counts[symbol]++
			s.fetches[symbol] = append(s.fetches[symbol], <-s.pending)
			return nil
		default:
		}
		if len(result) > 0 || s.loader.Waiting(symbol) > before {
			return nil
		}
		time.Sleep(100 * time.Microsecond)
	}
	return errors.New("neither fetching nor waiting")
}

func (s *stage) fetch(symbol string) (string, error) {
	end := make(chan answer)
	s.pending <- end
	s.began <- symbol
	said := <-end
	switch said.how {
	case "fail":
		return "", errors.New(said.text)
	case "panic":
		panic(said.text)
	}
	return said.text, nil
}
