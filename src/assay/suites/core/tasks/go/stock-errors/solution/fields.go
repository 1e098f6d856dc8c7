package stock

import (
	"errors"
	"fmt"
)

// FieldError says what is wrong with one field of a request.
type FieldError struct {
	Field  string
	Reason string
}

func (e *FieldError) Error() string {
	return e.Field + ": " + e.Reason
}

// check looks at the fields of an article, all of them.
func check(a Article) error {
	var faults []error
	if a.SKU == "" {
		faults = append(faults, &FieldError{"sku", "must not be empty"})
	}
	if a.Name == "" {
		faults = append(faults, &FieldError{"name", "must not be empty"})
	}
	if a.Quantity < 0 {
		faults = append(faults, &FieldError{"quantity", fmt.Sprintf("must not be %d", a.Quantity)})
	}
	return errors.Join(faults...)
}
