package breaker

import (
	"testing"
	"time"
)

const rest = time.Minute

// world is a breaker and its clock.
type world struct {
	*testing.T
	*Breaker
	time time.Time
}

func start(t *testing.T, limit int) *world {
	w := &world{T: t, time: time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)}
	w.Breaker = New(limit, rest, func() time.Time { return w.time })
	return w
}

func (w *world) pass(d time.Duration) { w.time = w.time.Add(d) }

func (w *world) expect(want bool) {
	w.Helper()
	if got := w.Allow(); got != want {
		w.Fatalf("Allow() = %t", got)
	}
}

// tell makes calls that are allowed, one after the other.
func (w *world) tell(results ...bool) {
	w.Helper()
	for _, ok := range results {
		w.expect(true)
		w.Done(ok)
	}
}

func TestOpensAfterFailuresInARow(t *testing.T) {
	w := start(t, 3)
	w.tell(false, false)
	w.expect(true)
	w.Done(false)
	w.expect(false)
}

func TestSuccessBeginsTheCountAnew(t *testing.T) {
	w := start(t, 3)
	w.tell(false, false, true, false, false)
	w.tell(true, false, false, false)
	w.expect(false)
}

func TestALimitOfOne(t *testing.T) {
	w := start(t, 1)
	w.tell(true, true, false)
	w.expect(false)
}

func TestRests(t *testing.T) {
	w := start(t, 1)
	w.tell(false)
	w.pass(rest - 1)
	w.expect(false)
	w.pass(1)
	w.expect(true)
	w.expect(false)
	w.pass(5 * rest)
	w.expect(false)
}

func TestATrialThatIsOkCloses(t *testing.T) {
	w := start(t, 2)
	w.tell(false, false)
	w.pass(2 * rest)
	w.tell(true)
	w.tell(false)
	w.expect(true)
	w.expect(true)
	w.Done(false)
	w.expect(false)
}

func TestATrialThatFailsOpensAgain(t *testing.T) {
	w := start(t, 3)
	w.tell(false, false, false)
	w.pass(rest + time.Second)
	w.expect(true)
	w.pass(time.Second)
	w.Done(false)
	w.expect(false)
	w.pass(rest - 1)
	w.expect(false)
	w.pass(1)
	w.tell(true)
	w.tell(false, false)
	w.expect(true)
}

func TestLateResultsChangeNothing(t *testing.T) {
	w := start(t, 2)
	for range 5 {
		w.expect(true)
	}
	w.Done(false)
	w.Done(false)
	w.pass(rest - 1)
	w.Done(true)
	w.expect(true)
	w.Done(false)
	w.expect(false)
	w.pass(1)
	w.expect(true)
	w.expect(false)
}

func TestLateFailuresDoNotCountLater(t *testing.T) {
	w := start(t, 3)
	for range 5 {
		w.expect(true)
	}
	for range 5 {
		w.Done(false)
	}
	w.pass(rest)
	w.tell(true)
	w.tell(false, false)
	w.expect(true)
}
