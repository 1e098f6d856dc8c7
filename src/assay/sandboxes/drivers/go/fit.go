package assaydriver

// From plain values to the declared types of parameters.

import (
	"fmt"
	"reflect"
	"strings"
	"unsafe"
)

func unfit(value any, kind reflect.Type) stuck {
	text := fmt.Sprint(value)
	if len(text) > 80 {
		text = text[:80]
	}
	return stuck(text + " is no " + kind.String())
}

func fit(value any, kind reflect.Type) reflect.Value {
	made := reflect.New(kind).Elem()
	switch given := value.(type) {
	case nil:
		switch kind.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface, reflect.Func, reflect.Chan:
			return made
		}
	case bool:
		if kind.Kind() == reflect.Bool {
			made.SetBool(given)
			return made
		}
	case number:
		if fitInteger(given, made) {
			return made
		}
	case float64:
		if kind.Kind() == reflect.Float32 || kind.Kind() == reflect.Float64 {
			made.SetFloat(given)
			return made
		}
	case string:
		if fitText(given, made) {
			return made
		}
	case []byte:
		if kind.Kind() == reflect.Slice && kind.Elem().Kind() == reflect.Uint8 {
			made.SetBytes(append([]byte{}, given...))
			return made
		}
		if kind.Kind() == reflect.String {
			made.SetString(string(given))
			return made
		}
	case list:
		if fitList(given, made) {
			return made
		}
	case pairs:
		if fitPairs(given, made) {
			return made
		}
	}
	switch kind.Kind() {
	case reflect.Pointer:
		pointer := reflect.New(kind.Elem())
		pointer.Elem().Set(fit(value, kind.Elem()))
		return pointer
	case reflect.Interface:
		found := reflect.ValueOf(natural(value))
		if found.IsValid() && found.Type().Implements(kind) {
			made.Set(found)
			return made
		}
	}
	panic(unfit(value, kind))
}

func fitList(given list, made reflect.Value) bool {
	kind := made.Type()
	switch kind.Kind() {
	case reflect.Slice:
		made.Set(reflect.MakeSlice(kind, len(given.items), len(given.items)))
	case reflect.Array:
		if kind.Len() != len(given.items) {
			return false
		}
	case reflect.Map:
		if given.tag != 'S' {
			return false
		}
		made.Set(reflect.MakeMap(kind))
		present := reflect.New(kind.Elem()).Elem()
		if kind.Elem().Kind() == reflect.Bool {
			present.SetBool(true)
		}
		for _, item := range given.items {
			made.SetMapIndex(fit(item, kind.Key()), present)
		}
		return true
	case reflect.Struct:
		if kind.NumField() != len(given.items) {
			return false
		}
		for i, item := range given.items {
			field(made, i).Set(fit(item, kind.Field(i).Type))
		}
		return true
	default:
		return false
	}
	for i, item := range given.items {
		made.Index(i).Set(fit(item, kind.Elem()))
	}
	return true
}

func fitPairs(given pairs, made reflect.Value) bool {
	kind := made.Type()
	switch kind.Kind() {
	case reflect.Map:
		made.Set(reflect.MakeMap(kind))
		for i, key := range given.keys {
			made.SetMapIndex(fit(key, kind.Key()), fit(given.items[i], kind.Elem()))
		}
		return true
	case reflect.Struct:
		for i, key := range given.keys {
			name, isText := key.(string)
			at := fieldNamed(kind, name)
			if !isText || at < 0 {
				return false
			}
			field(made, at).Set(fit(given.items[i], kind.Field(at).Type))
		}
		return true
	}
	return false
}

// field is a struct's field, made settable where it is not exported.
func field(made reflect.Value, at int) reflect.Value {
	found := made.Field(at)
	return reflect.NewAt(found.Type(), unsafe.Pointer(found.UnsafeAddr())).Elem()
}

func fieldNamed(kind reflect.Type, name string) int {
	for i := 0; i < kind.NumField(); i++ {
		if kind.Field(i).Name == name {
			return i
		}
	}
	for i := 0; i < kind.NumField(); i++ {
		if strings.EqualFold(kind.Field(i).Name, name) {
			return i
		}
	}
	return -1
}

// Large makes a *big.Int; it is set where an argument is larger than 64 bits.
var Large func(digits string, base int) any

func natural(value any) any {
	switch given := value.(type) {
	case number:
		if value, fits := given.signed(); fits {
			return int(value)
		}
		return Large(given.digits, given.base)
	case list:
		items := make([]any, len(given.items))
		for i, item := range given.items {
			items[i] = natural(item)
		}
		return items
	case pairs:
		texts, mixed := map[string]any{}, map[any]any{}
		for i, key := range given.keys {
			if text, isText := key.(string); isText {
				texts[text] = natural(given.items[i])
			}
			mixed[natural(key)] = natural(given.items[i])
		}
		if len(texts) == len(given.keys) {
			return texts
		}
		return mixed
	}
	return value
}
