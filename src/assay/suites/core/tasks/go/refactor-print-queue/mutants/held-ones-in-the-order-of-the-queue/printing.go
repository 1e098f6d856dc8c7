// Package printing keeps the queues of printers.
package printing

import (
	"errors"
	"fmt"
	"slices"
	"sort"
)

type job struct {
	id, pages, left int
	user            string
	urgent, held    bool
}

func (j *job) begun() bool {
	return j.left < j.pages
}

// before says whether j is printed before other when it comes later in the queue.
func (j *job) before(other *job) bool {
	switch {
	case j.held != other.held:
		return other.held
	case j.held:
		return false
	case j.begun() != other.begun():
		return j.begun()
	}
	return !j.begun() && j.urgent && !other.urgent
}

// Queue is the queue of one printer.
type Queue struct {
	jobs    []*job
	lastID  int
	quota   int
	used    map[string]int
	history []string
}

// NewQueue makes an empty queue in which each user may print so many pages.
func NewQueue(pagesPerUser int) *Queue {
	return &Queue{quota: pagesPerUser, used: map[string]int{}}
}

// Submit puts pages of a user into the queue and gives their number.
func (q *Queue) Submit(user string, pages int, urgent bool) (int, error) {
	if user == "" {
		return 0, errors.New("no user")
	}
	if pages < 1 {
		return 0, errors.New("no pages")
	}
	if left := q.Left(user); pages > left {
		return 0, fmt.Errorf("%s has %d pages left", user, left)
	}
	q.lastID++
	q.jobs = append(q.jobs, &job{id: q.lastID, pages: pages, left: pages, user: user, urgent: urgent})
	return q.lastID, nil
}

// Hold keeps what is left of a job from being printed.
func (q *Queue) Hold(id int) error {
	one, err := q.find(id)
	if err != nil {
		return err
	}
	if one.held {
		return fmt.Errorf("job %d is held already", id)
	}
	one.held = true
	return nil
}

// Release lets a job that is held go on, behind all others that wait.
func (q *Queue) Release(id int) error {
	one, err := q.find(id)
	if err != nil {
		return err
	}
	if !one.held {
		return fmt.Errorf("job %d is not held", id)
	}
	one.held = false
	q.remove(one)
	q.jobs = append(q.jobs, one)
	return nil
}

// Cancel takes a job away; pages that are printed are paid for. Returns how many are not.
func (q *Queue) Cancel(id int) (int, error) {
	one, err := q.find(id)
	if err != nil {
		return 0, err
	}
	q.finish(one)
	return one.left, nil
}

// Print prints so many pages: urgent jobs first, each to its end; returns how many it could.
func (q *Queue) Print(pages int) int {
	printed := 0
	for printed < pages {
		order := q.order()
		if len(order) == 0 || order[0].held {
			break
		}
		next := order[0]
		next.left--
		q.used[next.user]++
		printed++
		if next.left == 0 {
			q.finish(next)
		}
	}
	return printed
}

// Waiting gives the numbers of the jobs in the order in which they will be printed, held ones last.
func (q *Queue) Waiting() []int {
	ids := []int{}
	for _, one := range q.order() {
		ids = append(ids, one.id)
	}
	return ids
}

// History says what was printed, the oldest first.
func (q *Queue) History() []string {
	return append([]string{}, q.history...)
}

// Left says how many pages a user may still submit.
func (q *Queue) Left(user string) int {
	left := q.quota - q.used[user]
	for _, one := range q.jobs {
		if one.user == user {
			left -= one.left
		}
	}
	return left
}

func (q *Queue) find(id int) (*job, error) {
	for _, one := range q.jobs {
		if one.id == id {
			return one, nil
		}
	}
	return nil, fmt.Errorf("no job %d", id)
}

func (q *Queue) order() []*job {
	order := slices.Clone(q.jobs)
	sort.SliceStable(order, func(a, b int) bool { return order[a].before(order[b]) })
	return order
}

// finish takes a job out and keeps what was printed of it.
func (q *Queue) finish(one *job) {
	q.remove(one)
	if one.begun() {
		done := one.pages - one.left
		q.history = append(q.history, fmt.Sprintf("%d %s %d of %d", one.id, one.user, done, one.pages))
	}
}

func (q *Queue) remove(one *job) {
	q.jobs = slices.DeleteFunc(q.jobs, func(other *job) bool { return other == one })
}
