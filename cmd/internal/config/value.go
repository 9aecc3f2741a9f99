package config

import (
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"pkidstation/scanner/label"
)

// An Origin is where a value comes from.
type Origin string

// The origins, the one that counts least first.
const (
	FromDefault     Origin = "default"
	FromFile        Origin = "file"
	FromEnvironment Origin = "environment"
)

// A Value is a key and what it holds, as a person reads and types it.
type Value struct {
	// Key is the dotted key, Variable what overrides it.
	Key, Variable string
	// Text is what holds now, and Default what would if nobody said; both as a
	// variable has them.
	Text, Default string
	Origin        Origin
	// Words are what is allowed, where there are only so many.
	Words []string
	// Masked says that Text is not all of it, for the rest may be a secret.
	Masked bool
	// ByHand says that only a person can change it in the file: a text cannot say
	// what it holds.
	ByHand bool
}

// A Sheet is what a station is told, key by key, at one moment. It changes the file
// only while that is still as it was then.
type Sheet struct {
	Values []Value

	file string
	text []byte // without the mark that Notepad writes
	env  environment
}

// Read gives what the station in folder is told now. What is wrong is in the error,
// as Load has it; then nothing can be changed.
func Read(folder string, environ []string) (Sheet, error) {
	s := Sheet{file: filepath.Join(folder, FileName), env: parseEnviron(environ)}
	text, problem := readText(s.file)
	if problem != nil {
		return s, problem
	}
	return s.with(text)
}

// with is the sheet of a file with this text.
func (s Sheet) with(text []byte) (Sheet, error) {
	s.text, s.Values = text, nil
	c, doc, problems := loadText(s.file, text, s.env)
	if len(problems) > 0 {
		return s, join(problems)
	}
	plain := Default()
	defaults := settings(&plain)
	for n, now := range settings(&c) {
		s.Values = append(s.Values, now.value(defaults[n], doc, s.env))
	}
	return s, nil
}

// Value is that of a key.
func (s Sheet) Value(key string) (Value, bool) {
	n := slices.IndexFunc(s.Values, func(v Value) bool { return v.Key == key })
	if n < 0 {
		return Value{}, false
	}
	return s.Values[n], true
}

func (s setting) value(plain setting, doc document, env environment) Value {
	v := Value{Key: s.name(), Variable: s.variable(), Text: s.text(), Default: plain.text(), Origin: FromDefault, Words: s.words()}
	table, _ := doc.tables[s.table].(map[string]any)
	if _, there := table[s.key]; there {
		v.Origin = FromFile
	}
	if _, there := env[s.variable()]; there {
		v.Origin = FromEnvironment
	}
	if v.Origin == FromDefault && s.name() == "station.language" {
		v.Text = "" // what holds is what the system says
	}
	v.ByHand = !s.says(v.Text)
	if shown := masked(v.Text); shown != v.Text {
		v.Text, v.Masked = shown, true
	}
	return v
}

// text is what the field holds, as a variable would have it.
func (s setting) text() string {
	switch v := s.field.Interface().(type) {
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	case time.Duration:
		return waitText(v)
	case []string:
		return strings.Join(v, ", ")
	default:
		return s.field.String()
	}
}

// says says whether a text stands for what the field holds: an item of a list may
// have a comma in it, or spaces around it.
func (s setting) says(text string) bool {
	other := s
	other.field = reflect.New(s.field.Type()).Elem()
	if !other.setText(text) {
		return text == "" && s.field.Len() == 0
	}
	return other.text() == text && (s.field.Kind() != reflect.Slice || other.field.Len() == s.field.Len())
}

// waitText writes a wait without the zeros behind it: 15m, not 15m0s.
func waitText(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// words are what is allowed, where there are only so many.
func (s setting) words() []string {
	switch {
	case s.field.Kind() == reflect.Bool:
		return []string{"true", "false"}
	case s.name() == "station.language":
		return []string{"", "en", "fr"}
	case s.name() == "station.theme":
		return []string{"light", "dark", "system"}
	case s.name() == "partner_center.account":
		return []string{string(AccountDirect), string(AccountIndirectProvider), string(AccountIndirectReseller)}
	case s.name() == "partner_center.way":
		return []string{string(WayAPI), string(WayCSV)}
	default:
		return nil
	}
}

// masked is a value without what may be a secret: who signs in to a camera, before its
// name or behind its path, and a product key.
func masked(text string) string {
	scheme, rest, is := strings.Cut(text, "://")
	if at := strings.LastIndexByte(rest, '@'); at >= 0 { // the last one: a password may have one, and a slash
		rest = redacted + rest[at:]
	}
	if at := strings.IndexAny(rest, "?#"); at >= 0 && at+1 < len(rest) {
		rest = rest[:at+1] + redacted
	}
	switch shown := scheme + "://" + rest; {
	case is && shown != text:
		return shown
	case label.HoldsSecret(text):
		return redacted
	default:
		return text
	}
}
