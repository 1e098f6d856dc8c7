// Package printing keeps the queue of a printer.
package printing

import (
	"fmt"
	"sort"
)

type job struct {
	id, pages, left int
	user            string
	urgent, held    bool
}

var (
	jobs    []*job
	nextID  = 1
	quota   = 100
	used    = map[string]int{}
	history []string
)

// Reset makes the queue as it is in the morning.
func reset(pagesPerUser int) {
	jobs = nil
	nextID = 1
	quota = pagesPerUser
	used = map[string]int{}
	history = nil
}

// Submit puts pages of a user into the queue and gives their number.
func submitNow(user string, pages int, urgent bool) (int, error) {
	if user == "" {
		return 0, fmt.Errorf("no user")
	}
	if pages < 1 {
		return 0, fmt.Errorf("no pages")
	}
	waiting := 0
	for _, one := range jobs {
		if one.user == user {
			waiting += one.left
		}
	}
	if used[user]+waiting+pages > quota {
		return 0, fmt.Errorf("%s has %d pages left", user, quota-used[user]-waiting)
	}
	one := &job{id: nextID, pages: pages, left: pages, user: user, urgent: urgent}
	nextID++
	jobs = append(jobs, one)
	return one.id, nil
}

// Hold keeps what is left of a job from being printed.
func holdNow(id int) error {
	for _, one := range jobs {
		if one.id == id {
			if one.held {
				return fmt.Errorf("job %d is held already", id)
			}
			one.held = true
			return nil
		}
	}
	return fmt.Errorf("no job %d", id)
}

// Release lets a job that is held go on, behind all others that wait.
func releaseNow(id int) error {
	for i, one := range jobs {
		if one.id == id {
			if !one.held {
				return fmt.Errorf("job %d is not held", id)
			}
			one.held = false
			jobs = append(jobs[:i], jobs[i+1:]...)
			jobs = append(jobs, one)
			return nil
		}
	}
	return fmt.Errorf("no job %d", id)
}

// Cancel takes a job away; pages that are printed are paid for. Returns how many are not.
func cancelNow(id int) (int, error) {
	for i, one := range jobs {
		if one.id == id {
			jobs = append(jobs[:i], jobs[i+1:]...)
			if one.left < one.pages {
				history = append(history, fmt.Sprintf("%d %s %d of %d", one.id, one.user, one.pages-one.left, one.pages))
			}
			return one.left, nil
		}
	}
	return 0, fmt.Errorf("no job %d", id)
}

// Print prints so many pages: urgent jobs first, each to its end; returns how many it could.
func printNow(pages int) int {
	printed := 0
	for printed < pages {
		var best *job
		at := 0
		for i, one := range jobs {
			if one.held {
				continue
			}
			if best == nil || (one.urgent && !best.urgent) {
				best = one
				at = i
			}
		}
		for i, one := range jobs {
			if one.left < one.pages && !one.held {
				best = one
				at = i
				break
			}
		}
		if best == nil {
			break
		}
		best.left--
		printed++
		used[best.user]++
		if best.left == 0 {
			jobs = append(jobs[:at], jobs[at+1:]...)
			history = append(history, fmt.Sprintf("%d %s %d of %d", best.id, best.user, best.pages, best.pages))
		}
	}
	return printed
}

// Waiting gives the numbers of the jobs in the order in which they will be printed, held ones last.
func waitingNow() []int {
	order := make([]*job, len(jobs))
	copy(order, jobs)
	sort.SliceStable(order, func(a, b int) bool {
		if order[a].held != order[b].held {
			return !order[a].held
		}
		if order[a].held {
			return order[a].id < order[b].id
		}
		begunA, begunB := order[a].left < order[a].pages, order[b].left < order[b].pages
		if begunA != begunB {
			return begunA
		}
		if begunA {
			return false
		}
		return order[a].urgent && !order[b].urgent
	})
	ids := []int{}
	for _, one := range order {
		ids = append(ids, one.id)
	}
	return ids
}

// History says what was printed, the oldest first.
func historyNow() []string {
	return append([]string{}, history...)
}

// Left says how many pages a user may still submit.
func leftNow(user string) int {
	waiting := 0
	for _, one := range jobs {
		if one.user == user {
			waiting += one.left
		}
	}
	return quota - used[user] - waiting
}

type Queue struct{}

func NewQueue(pages int) *Queue { reset(pages); return &Queue{} }
func (q *Queue) Submit(user string, pages int, urgent bool) (int, error) { return submitNow(user, pages, urgent) }
func (q *Queue) Hold(id int) error { return holdNow(id) }
func (q *Queue) Release(id int) error { return releaseNow(id) }
func (q *Queue) Cancel(id int) (int, error) { return cancelNow(id) }
func (q *Queue) Print(pages int) int { return printNow(pages) }
func (q *Queue) Waiting() []int { return waitingNow() }
func (q *Queue) History() []string { return historyNow() }
func (q *Queue) Left(user string) int { return leftNow(user) }
