package config

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// A setting is one key and the field that holds it.
type setting struct {
	table, key string
	field      reflect.Value
}

// settings are all keys of c, in the order of its fields.
func settings(c *Config) []setting {
	var all []setting
	tables := reflect.ValueOf(c).Elem()
	for i := range tables.NumField() {
		table := tables.Type().Field(i).Tag.Get("toml")
		if table == "-" {
			continue
		}
		for j := range tables.Field(i).NumField() {
			key := tables.Type().Field(i).Type.Field(j).Tag.Get("toml")
			all = append(all, setting{table: table, key: key, field: tables.Field(i).Field(j)})
		}
	}
	return all
}

func (s setting) name() string { return s.table + "." + s.key }

func (s setting) variable() string {
	return variablePrefix + strings.ToUpper(s.table) + "_" + strings.ToUpper(s.key)
}

// setText sets the value of a variable, and says whether it is allowed.
func (s setting) setText(text string) bool {
	switch s.field.Interface().(type) {
	case int:
		number, err := strconv.ParseInt(text, 10, 64)
		return err == nil && s.set(number)
	case bool:
		truth, err := strconv.ParseBool(text)
		return err == nil && s.set(truth)
	case []string:
		return s.set(s.split(text))
	default:
		return s.set(text)
	}
}

// set sets a value as TOML gives it, and says whether it is allowed. What is
// not allowed changes nothing.
func (s setting) set(value any) bool {
	typed, ok := s.convert(value)
	if !ok || !s.rule().allows(typed) {
		return false
	}
	s.field.Set(reflect.ValueOf(typed).Convert(s.field.Type()))
	return true
}

// convert gives a value the type that the rules know: string, int64, bool,
// time.Duration or []string.
func (s setting) convert(value any) (any, bool) {
	switch s.field.Interface().(type) {
	case int:
		number, ok := value.(int64)
		return number, ok
	case bool:
		truth, ok := value.(bool)
		return truth, ok
	case time.Duration:
		text, _ := value.(string)
		wait, err := time.ParseDuration(text)
		return wait, err == nil
	case []string:
		items, ok := value.([]any)
		if !ok {
			return nil, false
		}
		return texts(items)
	default:
		text, ok := value.(string)
		return text, ok
	}
}

func texts(items []any) ([]string, bool) {
	list := make([]string, 0, len(items))
	for _, item := range items {
		text, ok := item.(string)
		if !ok {
			return nil, false
		}
		list = append(list, text)
	}
	return list, true
}

func splitList(text string) []any {
	var items []any
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// shown is a refused value for a person, without what may be a secret.
func (s setting) shown(value any) string {
	text, ok := value.(string)
	switch {
	case !ok:
		return clip(fmt.Sprint(value))
	case strings.Contains(text, "@") && (s.key == "url" || s.key == "authority"):
		return redacted
	default:
		return strconv.Quote(clip(text))
	}
}

// clip shortens a text for a message.
func clip(text string) string {
	const most = 40
	runes := 0
	for i := range text {
		if runes == most {
			return text[:i] + "…"
		}
		runes++
	}
	return text
}
