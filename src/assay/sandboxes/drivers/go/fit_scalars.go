package assaydriver

// Numbers and texts, fitted where nothing is lost.

import (
	"math/big"
	"reflect"
	"unicode/utf8"
)

func fitInteger(given *big.Int, made reflect.Value) bool {
	switch made.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if !given.IsInt64() || made.OverflowInt(given.Int64()) {
			return false
		}
		made.SetInt(given.Int64())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if !given.IsUint64() || made.OverflowUint(given.Uint64()) {
			return false
		}
		made.SetUint(given.Uint64())
	case reflect.Float32, reflect.Float64:
		real, _ := new(big.Float).SetInt(given).Float64()
		made.SetFloat(real)
	case reflect.Struct:
		if made.Type() != reflect.TypeOf(big.Int{}) {
			return false
		}
		made.Addr().Interface().(*big.Int).Set(given)
	default:
		return false
	}
	return true
}

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
