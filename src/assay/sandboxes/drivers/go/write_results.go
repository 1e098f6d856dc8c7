package assaydriver

// What stands around the values: results, errors, arguments that may have changed.

import (
	"fmt"
	"reflect"
)

func (w *writer) results(results []reflect.Value) (failed any) {
	defer func() {
		if caught := recover(); caught != nil {
			failed = panicked{caught}
		}
	}()
	switch len(results) {
	case 0:
		w.data = append(w.data, "n\n"...)
	case 1:
		w.value(results[0])
	default:
		w.line("l", len(results))
		for _, result := range results {
			w.value(result)
		}
	}
	return nil
}

func (w *writer) raised(failed any) {
	kinds := []string{}
	message := ""
	switch given := failed.(type) {
	case panicked:
		kinds = append(kinds, "panic")
		message = fmt.Sprint(given.value)
	case error:
		for at := given; at != nil && len(kinds) < 20; {
			kind := reflect.TypeOf(at)
			if kind.Kind() == reflect.Pointer {
				kind = kind.Elem()
			}
			kinds = append(kinds, kind.Name())
			inner, wraps := at.(interface{ Unwrap() error })
			if !wraps {
				break
			}
			at = inner.Unwrap()
		}
		kinds = append(kinds, "error")
		message = given.Error()
	}
	w.value(reflect.ValueOf(kinds))
	if len(message) > 10000 {
		message = message[:10000]
	}
	w.text('s', message)
}

func (w *writer) changeable(given []reflect.Value) {
	inner := &writer{}
	count := 0
	for i, arg := range given {
		switch arg.Kind() {
		case reflect.Slice, reflect.Map, reflect.Pointer:
			mark := len(inner.data)
			inner.line("l", 2)
			inner.line("i", i)
			if inner.results([]reflect.Value{arg}) != nil {
				inner.data = inner.data[:mark]
				continue
			}
			count++
		}
	}
	w.line("l", count)
	w.data = append(w.data, inner.data...)
}
