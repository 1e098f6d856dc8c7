package stock

import (
	"errors"
	"fmt"
)

// Reply is what the API answers.
type Reply struct {
	Status int
	Body   string
}

// Service is the API of the warehouse.
type Service struct {
	memory memory
	log    []string
}

// NewService makes a service for at most room articles.
func NewService(room int) *Service {
	return &Service{memory: memory{articles: map[string]Article{}, room: room}, log: []string{}}
}

// Create adds an article.
func (s *Service) Create(sku, name string, quantity int) Reply {
	a := Article{SKU: sku, Name: name, Quantity: quantity}
	err := check(a)
	if err == nil {
		err = s.memory.insert(a)
	}
	return s.reply(201, sku, wrap("create", sku, err))
}

// Update changes an article of which the caller has read the given version.
func (s *Service) Update(sku, name string, quantity, version int) Reply {
	a := Article{SKU: sku, Name: name, Quantity: quantity, Version: version}
	err := check(a)
	if err == nil {
		err = s.memory.replace(a)
	}
	return s.reply(200, sku, wrap("update", sku, err))
}

// Take takes a number of pieces out.
func (s *Service) Take(sku string, pieces int) Reply {
	return s.reply(200, sku, wrap("take", sku, s.take(sku, pieces)))
}

// Log gives the failures that were not the caller's fault, first to last.
func (s *Service) Log() []string {
	return s.log
}

func (s *Service) take(sku string, pieces int) error {
	a, err := s.memory.get(sku)
	if err != nil {
		return err
	}
	if pieces < 1 || pieces > a.Quantity {
		return &FieldError{"pieces", fmt.Sprintf("must be from 1 to %d", a.Quantity)}
	}
	a.Quantity -= pieces
	return s.memory.replace(a)
}

func wrap(what, sku string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %q: %w", what, sku, err)
}

// reply makes an answer of how an action ended.
func (s *Service) reply(status int, sku string, err error) Reply {
	if err == nil {
		return Reply{status, sku}
	}
	if fault, ok := err.(*FieldError); ok {
		return Reply{422, fault.Error()}
	}
	if errors.Is(err, ErrNotFound) {
		return Reply{404, err.Error()}
	}
	switch err {
	case ErrExists:
		return Reply{409, err.Error()}
	case ErrStale:
		return Reply{412, err.Error()}
	}
	s.log = append(s.log, err.Error())
	return Reply{500, err.Error()}
}
