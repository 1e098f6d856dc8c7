package assaydriver

// Results: whatever a function gave back, as bytes of the wire.

import (
	"math"
	"reflect"
	"strconv"
)

const depthLimit = 195
const mostDrawn = 1000000

type writer struct {
	data  []byte
	depth int
}

func (w *writer) line(tag string, number int) {
	w.data = append(w.data, tag...)
	w.data = strconv.AppendInt(w.data, int64(number), 10)
	w.data = append(w.data, '\n')
}

func (w *writer) text(tag byte, text string) {
	w.line(string(tag), len(text))
	w.data = append(w.data, text...)
}

func (w *writer) value(value reflect.Value) {
	switch value.Kind() {
	case reflect.Invalid:
		w.data = append(w.data, "n\n"...)
	case reflect.Bool:
		if value.Bool() {
			w.data = append(w.data, "b1\n"...)
		} else {
			w.data = append(w.data, "b0\n"...)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.data = append(strconv.AppendInt(append(w.data, 'i'), value.Int(), 10), '\n')
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		w.data = append(strconv.AppendUint(append(w.data, 'i'), value.Uint(), 10), '\n')
	case reflect.Float32:
		w.real(value.Float(), 32)
	case reflect.Float64:
		w.real(value.Float(), 64)
	case reflect.String:
		w.text('s', value.String())
	default:
		if w.depth > depthLimit {
			w.text('o', "a value that nests without end")
			return
		}
		w.depth++
		w.container(value)
		w.depth--
	}
}

func (w *writer) real(value float64, bits int) {
	switch {
	case math.IsNaN(value):
		w.data = append(w.data, "fnan\n"...)
	case math.IsInf(value, 1):
		w.data = append(w.data, "finf\n"...)
	case math.IsInf(value, -1):
		w.data = append(w.data, "f-inf\n"...)
	default:
		w.data = append(strconv.AppendFloat(append(w.data, 'f'), value, 'g', -1, bits), '\n')
	}
}

func (w *writer) container(value reflect.Value) {
	kind := value.Type()
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface:
		if value.IsNil() {
			w.data = append(w.data, "n\n"...)
		} else {
			w.value(value.Elem())
		}
	case reflect.Slice, reflect.Array:
		if kind.Elem().Kind() == reflect.Uint8 && value.Kind() == reflect.Slice {
			w.text('y', string(value.Bytes()))
			return
		}
		w.line("l", value.Len())
		for i := 0; i < value.Len(); i++ {
			w.value(value.Index(i))
		}
	case reflect.Map:
		isSet := kind.Elem().Kind() == reflect.Struct && kind.Elem().NumField() == 0
		w.line(map[bool]string{true: "S", false: "m"}[isSet], value.Len())
		for pair := value.MapRange(); pair.Next(); {
			w.value(pair.Key())
			if !isSet {
				w.value(pair.Value())
			}
		}
	case reflect.Struct:
		w.fields(value)
	case reflect.Func:
		w.sequence(value)
	default:
		w.text('o', kind.String())
	}
}

func (w *writer) fields(value reflect.Value) {
	if isLarge(value.Type()) {
		copied := reflect.New(value.Type()).Elem()
		if value.CanInterface() {
			copied.Set(value)
		}
		digits := copied.Addr().Interface().(interface{ Text(base int) string }).Text(16)
		w.data = append(append(append(w.data, 'x'), digits...), '\n')
		return
	}
	w.line("m", value.NumField())
	for i := 0; i < value.NumField(); i++ {
		w.text('s', value.Type().Field(i).Name)
		w.value(value.Field(i))
	}
}

// sequence draws from an iterator: func(yield func(T) bool).
func (w *writer) sequence(value reflect.Value) {
	kind := value.Type()
	if value.IsNil() || kind.NumIn() != 1 || kind.NumOut() != 0 || kind.In(0).Kind() != reflect.Func || kind.In(0).NumIn() != 1 {
		w.text('o', kind.String())
		return
	}
	drawn := []reflect.Value{}
	yield := reflect.MakeFunc(kind.In(0), func(args []reflect.Value) []reflect.Value {
		drawn = append(drawn, args[0])
		return []reflect.Value{reflect.ValueOf(len(drawn) < mostDrawn)}
	})
	value.Call([]reflect.Value{yield})
	w.line("l", len(drawn))
	for _, item := range drawn {
		w.value(item)
	}
}
