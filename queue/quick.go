package queue

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// readValue reads a record's value. As json.Marshal wrote it it is read in a tenth of
// the time that json.Unmarshal takes, which looks twice at each byte and asks for
// each key what may be meant; a dock asks for a box that is there before it does
// anything else. Whatever is written in any other way json.Unmarshal reads.
func readValue(text []byte, to any) error {
	v := reflect.ValueOf(to).Elem()
	if readQuickly(text, v) {
		return nil
	}
	v.SetZero()
	if err := json.Unmarshal(text, to); err != nil {
		return fmt.Errorf("decoding a record: %w", err)
	}
	return nil
}

// readQuickly says whether it could.
func readQuickly(text []byte, v reflect.Value) bool {
	shape := shapeOf(v.Type())
	if !shape.known {
		return false
	}
	s := scan{text: text}
	s.value(shape, v)
	return !s.odd && len(s.text) == 0
}

// A shape is how values of a type are written: known says that a scan can read them.
type shape struct {
	known  bool
	kind   reflect.Kind // Interface stands for a time, Invalid for what is passed over
	fields []field      // of a struct, in the order in which they are written
	of     *shape       // a slice's elements
}

// A field is one of a struct: with what it begins, and where it is.
type field struct {
	begins string // `"key":`
	index  []int
	shape  *shape
}

// shapes are those that were looked at, by their type.
var shapes sync.Map //nolint:gochecknoglobals // what is in it depends on the types alone

func shapeOf(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape) //nolint:forcetypeassert // nothing else is in it
	}
	s := newShape(t, 0)
	shapes.Store(t, s)
	return s
}

// newShape looks at a type. One within itself has no shape, as all that has rules of
// its own; no record is deep.
func newShape(t reflect.Type, depth int) *shape {
	const deep = 5
	s := &shape{kind: t.Kind()}
	switch {
	case depth > deep:
	case t == reflect.TypeFor[time.Time]():
		s.kind, s.known = reflect.Interface, true
	case t == reflect.TypeFor[passed]():
		s.kind, s.known = reflect.Invalid, true
	case ruled(t), t == reflect.TypeFor[json.Number]():
	case s.kind == reflect.Struct:
		s.known = s.add(t, nil, depth)
	case s.kind == reflect.Slice && t.Elem().Kind() != reflect.Uint8:
		s.of = newShape(t.Elem(), depth+1)
		s.known = s.of.known
	case s.kind == reflect.String, s.kind == reflect.Bool, s.kind == reflect.Int, s.kind == reflect.Uint64:
		s.known = true
	}
	return s
}

// ruled says whether a type says itself how it is read.
func ruled(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[json.Unmarshaler]()) || p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// add adds the fields of a struct, and those of the structs that are in it without a
// name. Where two have one name, as where one is written in a way of its own, there
// is no shape.
func (s *shape) add(t reflect.Type, under []int, depth int) bool {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		index := append(slices.Clip(under), i)
		switch {
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct && !ruled(f.Type):
			if !s.add(f.Type, index, depth+1) {
				return false
			}
			continue
		case name == "-" || !f.IsExported() && !f.Anonymous:
			continue
		case name == "" || f.Anonymous || strings.Contains(options, "string"):
			return false
		}
		one := field{`"` + name + `":`, index, newShape(f.Type, depth+1)}
		for _, other := range s.fields {
			if strings.EqualFold(other.begins, one.begins) {
				return false
			}
		}
		if !one.shape.known {
			return false
		}
		s.fields = append(s.fields, one)
	}
	return true
}

// A scan reads JSON as json.Marshal writes it. odd says that something was written
// otherwise: what was read until then is worth nothing.
type scan struct {
	text []byte // what is not read yet
	odd  bool
}

// take passes over what the text begins with, and says whether it did.
func (s *scan) take(what string) bool {
	if len(s.text) >= len(what) && string(s.text[:len(what)]) == what {
		s.text = s.text[len(what):]
		return true
	}
	return false
}

func (s *scan) must(what string) {
	if !s.take(what) {
		s.odd = true
	}
}

func (s *scan) value(of *shape, v reflect.Value) {
	switch of.kind { //nolint:exhaustive // the shapes that are known
	case reflect.String:
		v.SetString(string(s.string()))
	case reflect.Interface:
		at := v.Addr().Interface().(*time.Time) //nolint:forcetypeassert // see newShape
		if at.UnmarshalText(s.string()) != nil {
			s.odd = true
		}
	case reflect.Int:
		v.SetInt(int64(s.number())) //nolint:gosec // it has no more digits than fit
	case reflect.Uint64:
		v.SetUint(s.number())
	case reflect.Bool:
		v.SetBool(s.take("true"))
		if !v.Bool() {
			s.must("false")
		}
	case reflect.Slice:
		s.list(of, v)
	case reflect.Invalid:
		s.pass()
	default:
		s.object(of, v)
	}
}

// object reads a struct. Each key comes once and behind those before it.
func (s *scan) object(of *shape, v reflect.Value) {
	s.must("{")
	first := true
	for i := 0; i < len(of.fields) && !s.odd; i++ {
		f := &of.fields[i]
		rest := s.text
		if !first && !s.take(",") {
			break
		}
		if !s.take(f.begins) {
			s.text = rest
			continue
		}
		first = false
		place := v
		for _, n := range f.index {
			place = place.Field(n)
		}
		s.value(f.shape, place)
	}
	s.must("}")
}

func (s *scan) list(of *shape, v reflect.Value) {
	if s.take("null") {
		return
	}
	s.must("[")
	if s.take("]") {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		return
	}
	for n := 0; !s.odd && (n == 0 || !s.take("]")); n++ {
		if n > 0 {
			s.must(",")
		}
		v.Grow(1)
		v.SetLen(n + 1)
		s.value(of.of, v.Index(n))
	}
}

// pass passes over a value: up to the comma or the end of what it is in.
func (s *scan) pass() {
	deep, within := 0, false
	for i := 0; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '\\' && within:
			i++
		case c == '"':
			within = !within
		case within:
		case c == '{' || c == '[':
			deep++
		case deep == 0 && (c == ',' || c == '}' || c == ']'):
			s.odd = s.odd || i == 0
			s.text = s.text[i:]
			return
		case c == '}' || c == ']':
			deep--
		}
	}
	s.odd = true
}

// string reads a string in which every byte stands for itself.
func (s *scan) string() []byte {
	s.must(`"`)
	end := bytes.IndexByte(s.text, '"')
	if end < 0 {
		s.odd = true
		return nil
	}
	text, ascii := s.text[:end], true
	for _, c := range text {
		s.odd = s.odd || c < ' ' || c == '\\'
		ascii = ascii && c < utf8.RuneSelf
	}
	s.odd = s.odd || !ascii && !utf8.Valid(text)
	s.text = s.text[end+1:]
	return text
}

// number reads a number that is not negative and has no more digits than an int.
func (s *scan) number() (n uint64) {
	const most = 18
	i := 0
	for ; i < len(s.text) && s.text[i] >= '0' && s.text[i] <= '9' && i <= most; i++ {
		n = 10*n + uint64(s.text[i]-'0')
	}
	if i == 0 || i > most || i > 1 && s.text[0] == '0' {
		s.odd = true
		return 0
	}
	s.text = s.text[i:]
	return n
}
