package pool

import (
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Map calls do for every item, several at a time, and returns the results in the order of the items.
func Map[T, R any](items []T, workers int, do func(T) (R, error)) ([]R, error) {
	workers = min(max(workers, 1), len(items))
	results := make([]R, len(items))
	outcomes := make([]outcome, len(items))
	var next atomic.Int64
	var failed atomic.Bool
	var running sync.WaitGroup
	for range workers {
		running.Add(1)
		go func() {
			defer running.Done()
			for !failed.Load() {
				i := int(next.Add(1)) - 1
				if i >= len(items) {
					return
				}
				results[i], outcomes[i] = guarded(items[i], do)
				if outcomes[i].panicked || outcomes[i].err != nil {
					failed.Store(true)
				}
			}
		}()
	}
	done := make(chan struct{})
	go func() {
		running.Wait()
		close(done)
	}()
	for waiting := true; waiting; {
		select {
		case <-done:
			waiting = false
		default:
			waiting = !failed.Load()
			runtime.Gosched()
		}
	}
	for i, o := range outcomes {
		if o.panicked {
			panic(o.value)
		}
		if o.err != nil {
			return nil, fmt.Errorf("item %d: %w", i, o.err)
		}
	}
	return results, nil
}

// outcome is how a call failed, if it did.
type outcome struct {
	err      error
	panicked bool
	value    any
}

func guarded[T, R any](item T, do func(T) (R, error)) (result R, o outcome) {
	o.panicked = true
	defer func() {
		if o.panicked {
			o.value = recover()
		}
	}()
	result, o.err = do(item)
	o.panicked = false
	return result, o
}

// PriceAll reads lines such as "3 x 250" and multiplies; a line that begins with "panic" makes it panic.
func PriceAll(lines []string, workers int) ([]int, error) {
	return Map(lines, workers, price)
}

func price(line string) (int, error) {
	if strings.HasPrefix(line, "panic") {
		panic(line)
	}
	count, each, ok := strings.Cut(line, " x ")
	if !ok {
		return 0, errors.New("no price: " + line)
	}
	number, err := strconv.Atoi(count)
	if err != nil {
		return 0, err
	}
	cents, err := strconv.Atoi(each)
	return number * cents, err
}

// IsSyntax says whether PriceAll fails with an error that wraps strconv.ErrSyntax.
func IsSyntax(lines []string, workers int) bool {
	_, err := PriceAll(lines, workers)
	return errors.Is(err, strconv.ErrSyntax)
}

// Beside says whether PriceAll returns results beside an error.
func Beside(lines []string, workers int) bool {
	results, err := PriceAll(lines, workers)
	return err != nil && results != nil
}

// Thrown is the value with which PriceAll panics, if it is a text.
func Thrown(lines []string, workers int) (text string) {
	defer func() { text, _ = recover().(string) }()
	PriceAll(lines, workers)
	return ""
}

// Crowded says whether Map ever makes more calls at the same time than it may.
func Crowded(items, workers int) bool {
	var now, most atomic.Int64
	Map(make([]int, items), workers, func(int) (int, error) {
		n := now.Add(1)
		for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
		}
		for range 50 {
			runtime.Gosched()
		}
		now.Add(-1)
		return 0, nil
	})
	return most.Load() > int64(max(workers, 1))
}

// Meet lets the first calls wait for one another, as many as may run at the same time, and counts all calls.
func Meet(items, workers int) int {
	var begun atomic.Int64
	all := make(chan struct{})
	Map(make([]int, items), workers, func(int) (int, error) {
		if begun.Add(1) == int64(min(items, workers)) {
			close(all)
		}
		<-all
		return 0, nil
	})
	return int(begun.Load())
}

// Overtake lets the first call wait until all others have ended, and counts those that have.
func Overtake(items, workers int) int {
	var ended atomic.Int64
	others := make(chan struct{})
	numbers := make([]int, items)
	numbers[0] = 1
	Map(numbers, workers, func(first int) (int, error) {
		if first == 1 {
			<-others
		}
		if ended.Add(1) == int64(items-1) {
			close(others)
		}
		return 0, nil
	})
	return int(ended.Load())
}

// Order gives the items in the order in which their calls began, with one worker; the call for bad fails.
func Order(items []int, bad int) []int {
	began := []int{}
	Map(items, 1, func(item int) (int, error) {
		began = append(began, item)
		if item == bad {
			return 0, errors.New("bad")
		}
		return item, nil
	})
	return began
}

// Slow returns the error's text where items fail in another order than theirs: each waits for the one behind it.
// Those from calm on panic.
func Slow(items, workers, calm int) string {
	gates := make([]chan struct{}, items+1)
	for i := range gates {
		gates[i] = make(chan struct{})
	}
	numbers := make([]int, items)
	for i := range numbers {
		numbers[i] = i
	}
	last := min(items, workers) - 1
	_, err := Map(numbers, workers, func(i int) (int, error) {
		if i < last {
			<-gates[i+1]
		}
		close(gates[i])
		if i >= calm {
			panic(fmt.Sprintf("%d panics", i))
		}
		return 0, fmt.Errorf("%d failed", i)
	})
	return err.Error()
}

// Left counts the goroutines and calls that are still there a while after Map returned with an error.
func Left(items, workers int) int {
	before := runtime.NumGoroutine()
	var begun, running atomic.Int64
	all := make(chan struct{})
	numbers := make([]int, items)
	numbers[0] = 1
	Map(numbers, workers, func(bad int) (int, error) {
		running.Add(1)
		defer running.Add(-1)
		if begun.Add(1) == int64(min(items, workers)) {
			close(all)
		}
		if bad == 1 {
			<-all
			return 0, errors.New("bad")
		}
		time.Sleep(20 * time.Millisecond)
		return 0, nil
	})
	open := int(running.Load())
	for range 200 {
		if runtime.NumGoroutine() <= before {
			break
		}
		time.Sleep(time.Millisecond)
	}
	return runtime.NumGoroutine() - before + open
}
