// Package assaydriver is the Go driver: it fits plain values to the answer's own types by reflection, makes the
// calls read from descriptor 3, says on descriptor 4 what they did. It knows nothing of expected values.
package assaydriver

import (
	"fmt"
	"io"
	"math"
	"math/big"
	"os"
	"reflect"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"
	"unsafe"
)

const depthLimit = 195
const mostDrawn = 1000000

// stuck is a step that could not even be tried; no error that an answer may report.
type stuck string

type list struct {
	tag   byte
	items []any
}

type pairs struct{ keys, items []any }

// Run does all that is asked and leaves.
func Run(table map[string]any) {
	debug.SetMaxStack(256 << 20)
	file := os.NewFile(3, "requests")
	data, _ := io.ReadAll(file)
	file.Close()
	channel := hidden(4)
	reader := &reader{data: data}
	cases := reader.value().(list).items[1].(list).items
	for _, one := range cases {
		out := &writer{}
		var made reflect.Value
		for _, step := range one.(list).items {
			parts := step.(list).items
			made = doStep(table, made, parts, out)
		}
		send(channel, out.data)
	}
	os.Exit(0)
}

func hidden(descriptor int) int {
	moved, _, failed := syscall.Syscall(syscall.SYS_FCNTL, uintptr(descriptor), 0x406, 40)
	if failed != 0 {
		return descriptor
	}
	syscall.Close(descriptor)
	return int(moved)
}

func send(channel int, data []byte) {
	for len(data) > 0 {
		n, err := syscall.Write(channel, data)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			os.Exit(1)
		}
		data = data[n:]
	}
}

// Doing

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

// From plain values to declared types

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
	case *big.Int:
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

func natural(value any) any {
	switch given := value.(type) {
	case *big.Int:
		if given.IsInt64() {
			return int(given.Int64())
		}
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

// Reading

type reader struct {
	data []byte
	at   int
}

func (r *reader) value() any {
	start := r.at
	for r.data[r.at] != '\n' {
		r.at++
	}
	tag, text := r.data[start], string(r.data[start+1:r.at])
	r.at++
	switch tag {
	case 'n':
		return nil
	case 'b':
		return text == "1"
	case 'i', 'x':
		number, _ := new(big.Int).SetString(text, map[byte]int{'i': 10, 'x': 16}[tag])
		return number
	case 'f':
		real, _ := strconv.ParseFloat(text, 64)
		return real
	}
	count, _ := strconv.Atoi(text)
	switch tag {
	case 's', 'y':
		r.at += count
		if tag == 's' {
			return string(r.data[r.at-count : r.at])
		}
		return r.data[r.at-count : r.at]
	case 'm':
		found := pairs{}
		for i := 0; i < count; i++ {
			found.keys = append(found.keys, r.value())
			found.items = append(found.items, r.value())
		}
		return found
	}
	found := list{tag: tag, items: make([]any, 0, count)}
	for i := 0; i < count; i++ {
		found.items = append(found.items, r.value())
	}
	return found
}

// Writing

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
	if value.Type() == reflect.TypeOf(big.Int{}) {
		copied := reflect.New(value.Type()).Elem()
		if value.CanInterface() {
			copied.Set(value)
		}
		w.data = append(append(append(w.data, 'x'), copied.Addr().Interface().(*big.Int).Text(16)...), '\n')
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
