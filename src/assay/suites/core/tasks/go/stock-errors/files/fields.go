package stock

import "fmt"

// FieldError says what is wrong with one field of a request.
type FieldError struct {
	Field  string
	Reason string
}

func (e *FieldError) Error() string {
	if e == nil {
		return ""
	}
	return e.Field + ": " + e.Reason
}

// check looks at the fields of an article.
func check(a Article) error {
	var fault *FieldError
	if a.SKU == "" {
		fault = &FieldError{"sku", "must not be empty"}
	}
	if a.Name == "" {
		fault = &FieldError{"name", "must not be empty"}
	}
	if a.Quantity < 0 {
		fault = &FieldError{"quantity", fmt.Sprintf("must not be %d", a.Quantity)}
	}
	return fault
}
