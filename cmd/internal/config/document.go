package config

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// A document is a parsed station.toml and the lines of its keys.
type document struct {
	file   string
	tables map[string]any
	lines  map[place]int
}

// A place is a table, or a key of a table.
type place struct{ table, key string }

// parseDocument gives the document, or where it stops being TOML.
func parseDocument(file string, text []byte) (document, *Error) {
	doc := document{file: file}
	if err := toml.Unmarshal(text, &doc.tables); err != nil {
		problem := &Error{Problem: BadSyntax, File: file, Err: err}
		if where, ok := errors.AsType[*toml.DecodeError](err); ok {
			problem.Line, _ = where.Position()
		}
		return document{}, problem
	}
	doc.lines = findLines(text)
	return doc, nil
}

// findLines gives the line of each table and of each key of a table, where it
// stands first.
func findLines(text []byte) map[place]int {
	lines := map[place]int{}
	var parser unstable.Parser
	parser.Reset(text)
	var table []string
	line, offset := 1, 0
	for parser.NextExpression() {
		node := parser.Expression()
		path, at := keyPath(node.Key())
		line += bytes.Count(text[offset:at], []byte("\n"))
		offset = at
		if node.Kind == unstable.KeyValue {
			path = slices.Concat(table, path)
		} else {
			table = path
		}
		for _, p := range []place{{table: path[0]}, {path[0], strings.Join(path[1:min(2, len(path))], "")}} {
			if lines[p] == 0 {
				lines[p] = line
			}
		}
	}
	return lines
}

// keyPath gives the parts of a dotted key and where in the text it starts.
func keyPath(keys unstable.Iterator) (path []string, at int) {
	at = -1
	for keys.Next() {
		if at < 0 {
			at = int(keys.Node().Raw.Offset)
		}
		path = append(path, string(keys.Node().Data))
	}
	return path, at
}

// line is where the key stands; one of an inline table is where that is.
func (d document) line(table, key string) int {
	if line := d.lines[place{table, key}]; line > 0 {
		return line
	}
	return d.lines[place{table: table}]
}

// setAll sets what the document says, and tells what it may not say.
func (d document) setAll(all []setting) []*Error {
	tables := map[string]map[string]setting{}
	for _, s := range all {
		if tables[s.table] == nil {
			tables[s.table] = map[string]setting{}
		}
		tables[s.table][s.key] = s
	}
	var problems []*Error
	for _, name := range sortedKeys(d.tables) {
		keys, isTable := d.tables[name].(map[string]any)
		switch {
		case tables[name] == nil:
			problems = append(problems, d.unknown(name, "", all, sortedKeys(tables)))
		case !isTable:
			problems = append(problems, &Error{
				Problem: BadValue, File: d.file, Line: d.line(name, ""), Key: name, Value: "a value", Allowed: "a table, [" + name + "]",
			})
		default:
			problems = append(problems, d.setTable(name, keys, tables[name], all)...)
		}
	}
	return problems
}

func (d document) setTable(table string, keys map[string]any, known map[string]setting, all []setting) []*Error {
	var problems []*Error
	for _, key := range sortedKeys(keys) {
		s, ok := known[key]
		switch {
		case !ok:
			problems = append(problems, d.unknown(table, key, all, sortedKeys(known)))
		case !s.set(keys[key]):
			shown, allowed := s.refusal(keys[key])
			problems = append(problems, &Error{
				Problem: BadValue, File: d.file, Line: d.line(table, key), Key: s.name(), Value: shown, Allowed: allowed,
			})
		}
	}
	return problems
}

// unknown refuses a table, or a key of a table. Its value is left out, for it
// may be a token.
func (d document) unknown(table, key string, all []setting, allowed []string) *Error {
	problem := &Error{Problem: UnknownKey, File: d.file, Line: d.line(table, key), Key: quoteKey(table), Allowed: strings.Join(allowed, ", ")}
	if key == "" {
		problem.Suggest = suggestTable(table, allowed, all)
		return problem
	}
	problem.Key += "." + quoteKey(key)
	problem.Suggest = suggestKey(table, key, allowed, all)
	return problem
}

// suggestTable gives the table that was probably meant, or the key that lost
// its table.
func suggestTable(table string, tables []string, all []setting) string {
	if found := nearest(table, tables); found != "" {
		return "[" + found + "]"
	}
	return suggestAnywhere(table, all)
}

// suggestKey gives the key of the same table, or of another, that was probably
// meant.
func suggestKey(table, key string, keys []string, all []setting) string {
	if found := nearest(key, keys); found != "" {
		return table + "." + found
	}
	return suggestAnywhere(key, all)
}

// suggestAnywhere looks at the keys of all tables. For a token it gives the one
// place where that may be.
func suggestAnywhere(key string, all []setting) string {
	if mentionsToken(key) {
		return variableToken
	}
	owners := map[string]string{}
	for _, s := range all {
		owners[s.key] = s.name()
	}
	return owners[nearest(key, sortedKeys(owners))]
}

// quoteKey gives a part of a key as it must be written in TOML, shortened.
func quoteKey(key string) string {
	bare := key != "" && !strings.ContainsFunc(key, func(r rune) bool {
		return r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if bare {
		return clip(key)
	}
	return strconv.Quote(clip(key))
}
