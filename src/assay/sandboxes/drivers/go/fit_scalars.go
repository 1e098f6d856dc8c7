package assaydriver

// Numbers and texts, fitted where nothing is lost.

import (
	"reflect"
	"unicode/utf8"
)

func fitInteger(given number, made reflect.Value) bool {
	switch made.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		value, fits := given.signed()
		if !fits || made.OverflowInt(value) {
			return false
		}
		made.SetInt(value)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		value, fits := given.unsigned()
		if !fits || made.OverflowUint(value) {
			return false
		}
		made.SetUint(value)
	case reflect.Float32, reflect.Float64:
		made.SetFloat(given.real())
	case reflect.Struct:
		if !isLarge(made.Type()) {
			return false
		}
		made.Addr().MethodByName("SetString").Call([]reflect.Value{reflect.ValueOf(given.digits), reflect.ValueOf(given.base)})
	default:
		return false
	}
	return true
}

// isLarge says whether a type is big.Int of package math/big, which is there only if the answer uses it.
func isLarge(kind reflect.Type) bool { return kind.PkgPath() == "math/big" && kind.Name() == "Int" }

func fitText(given string, made reflect.Value) bool {
	switch made.Kind() {
	case reflect.String:
		made.SetString(given)
	case reflect.Int32:
		letter, size := utf8.DecodeRuneInString(given)
		if size == 0 || size != len(given) {
			return false
		}
		made.SetInt(int64(letter))
	case reflect.Uint8:
		if len(given) != 1 {
			return false
		}
		made.SetUint(uint64(given[0]))
	case reflect.Slice:
		switch made.Type().Elem().Kind() {
		case reflect.Uint8:
			made.SetBytes([]byte(given))
		case reflect.Int32:
			made.Set(reflect.ValueOf([]rune(given)).Convert(made.Type()))
		default:
			return false
		}
	default:
		return false
	}
	return true
}
