package assaydriver

// One step: a call, a construction, a method call; what it gave, and how it failed.

import (
	"fmt"
	"reflect"
	"strings"
)

// stuck is a step that could not even be tried; no error that an answer may report.
type stuck string

func doStep(table map[string]any, made reflect.Value, parts []any, out *writer) reflect.Value {
	nonce, op, name := parts[0].(string), parts[1].(string), parts[2].(string)
	said := &writer{}
	size := 4
	given, results, failed := attempt(table, made, op, name, parts[3].(list).items)
	if failed == nil {
		if op == "new" && len(results) > 0 {
			made = results[0]
			results = nil
		}
		said.text('s', "r")
		failed = said.results(results)
	}
	if failed != nil {
		said, size = &writer{}, 5
		said.text('s', "e")
		said.raised(failed)
	}
	out.line("l", size)
	out.text('s', nonce)
	out.data = append(out.data, said.data...)
	out.changeable(given)
	return made
}

type panicked struct{ value any }

func attempt(table map[string]any, made reflect.Value, op, name string, args []any) (given, results []reflect.Value, failed any) {
	defer func() {
		if caught := recover(); caught != nil {
			failed = panicked{caught}
		}
	}()
	var function reflect.Value
	switch {
	case op == "do":
		function = method(made, name)
	case reflect.TypeOf(table[name]).Kind() == reflect.Pointer:
		return nil, []reflect.Value{construct(reflect.TypeOf(table[name]).Elem(), args)}, nil
	default:
		function = reflect.ValueOf(table[name])
	}
	given, spread := fitAll(function.Type(), name, args)
	if spread {
		results = function.CallSlice(given)
	} else {
		results = function.Call(given)
	}
	if last := len(results) - 1; last >= 0 && results[last].Type() == errorType {
		if !results[last].IsNil() {
			failed = results[last].Interface()
		}
		results = results[:last]
	}
	return given, results, failed
}

var errorType = reflect.TypeOf((*error)(nil)).Elem()

func construct(kind reflect.Type, args []any) reflect.Value {
	made := reflect.New(kind)
	if len(args) > 0 {
		made.Elem().Set(fit(list{'l', args}, kind))
	}
	return made
}

func method(made reflect.Value, name string) reflect.Value {
	if !made.IsValid() {
		panic(stuck("there is no object to do it to"))
	}
	if made.Kind() == reflect.Interface {
		made = made.Elem()
	}
	if made.Kind() != reflect.Pointer {
		boxed := reflect.New(made.Type())
		boxed.Elem().Set(made)
		made = boxed
	}
	for _, spelt := range []string{name, strings.ToUpper(name[:1]) + name[1:]} {
		if found := made.MethodByName(spelt); found.IsValid() {
			return found
		}
	}
	panic(stuck(made.Type().String() + " has no method " + name))
}

func fitAll(function reflect.Type, name string, args []any) ([]reflect.Value, bool) {
	in := function.NumIn()
	variadic := function.IsVariadic()
	spread := false
	if variadic && len(args) == in {
		last, isList := args[in-1].(list)
		spread = isList && last.tag == 'l' && function.In(in-1).Elem().Kind() != reflect.Slice
	}
	if len(args) != in && !variadic || len(args) < in-1 {
		panic(stuck(fmt.Sprintf("%s takes %d arguments, not %d", name, in, len(args))))
	}
	fitted := make([]reflect.Value, len(args))
	for i, arg := range args {
		if variadic && !spread && i >= in-1 {
			fitted[i] = fit(arg, function.In(in-1).Elem())
		} else {
			fitted[i] = fit(arg, function.In(i))
		}
	}
	return fitted, spread
}
