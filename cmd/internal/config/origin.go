package config

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
)

// A Said is a setting, its value, and who said it.
type Said struct {
	// Key is such as "upload.batch_size", Value as station.toml would have it, with
	// nothing in it that may be a secret.
	Key, Value string
	// From is "default", a file and its line ("station.toml:12"), or a variable.
	From string
}

// Origins are all settings as Load would give them, in the order of the example, and
// what Load found wrong.
func Origins(folder string, environ []string) ([]Said, error) {
	cfg, problem := Load(folder, environ)
	env, doc := parseEnviron(environ), document{}
	file := filepath.Join(folder, FileName)
	if text, unread := readText(file); unread == nil {
		doc, _ = parseDocument(file, text) // what is wrong with it Load has said
	}
	was := Default()
	said := settings(&was)
	var all []Said
	for n, s := range settings(&cfg) {
		o := Said{Key: s.name(), Value: s.written(), From: "default"}
		table, _ := doc.tables[s.table].(map[string]any)
		text, inEnv := env[s.variable()]
		switch value, inFile := table[s.key]; {
		case inEnv && said[n].setText(text):
			o.From = s.variable()
		case inFile && said[n].set(value):
			o.From = FileName + ":" + strconv.Itoa(doc.line(s.table, s.key))
		}
		all = append(all, o)
	}
	return append(all, Said{Key: "access_token", Value: cfg.AccessToken.presence(), From: variableToken}), problem
}

// presence says whether there is a token, and nothing of it.
func (t Token) presence() string {
	if t == "" {
		return "none"
	}
	return redacted
}

// written is the value as station.toml would have it.
func (s setting) written() string {
	switch value := s.field.Interface().(type) {
	case int, bool:
		return fmt.Sprint(value)
	case []string:
		quoted := make([]string, len(value))
		for n, v := range value {
			quoted[n] = strconv.Quote(v)
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	default:
		text := fmt.Sprint(value)
		if strings.Contains(text, "@") && strings.Contains(text, "://") {
			return redacted
		}
		return strconv.Quote(text)
	}
}
