package config

import (
	"bytes"
	"fmt"
	"reflect"
	"regexp"
	"slices"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// edit is the text after a key was set to what its field holds, or was taken out.
// Nothing else in it changes: what was written is read again, and held against what
// it should say.
func edit(text []byte, s setting, out bool) ([]byte, error) {
	before := map[string]any{}
	if err := toml.Unmarshal(text, &before); err != nil {
		return nil, fmt.Errorf("reading the settings: %w", err)
	}
	table, isTable := before[s.table].(map[string]any)
	if _, there := before[s.table]; there && !isTable {
		return nil, ErrByHand
	}
	if _, there := table[s.key]; !there && out {
		return text, nil
	}
	literal, err := literalOf(s)
	if err != nil {
		return nil, err
	}
	edited := shapeOf(text).put(text, s, literal, out)
	if !saysSo(edited, before, s, out) {
		return nil, ErrByHand
	}
	return edited, nil
}

// literalOf is what the field holds as it stands behind the sign of equality.
func literalOf(s setting) ([]byte, error) {
	line, err := toml.Marshal(map[string]any{s.key: s.typed()})
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", s.name(), err)
	}
	_, literal, _ := bytes.Cut(bytes.TrimSpace(line), []byte(" = "))
	return literal, nil
}

// saysSo says whether a text says what was said before with one key changed.
func saysSo(text []byte, before map[string]any, s setting, out bool) bool {
	after, wanted := map[string]any{}, map[string]any{}
	if toml.Unmarshal(text, &after) != nil {
		return false
	}
	line, err := toml.Marshal(map[string]any{s.table: map[string]any{s.key: s.typed()}})
	if err != nil || toml.Unmarshal(line, &wanted) != nil {
		return false
	}
	value := wanted[s.table].(map[string]any)[s.key] //nolint:forcetypeassert // it was made so in the line above
	table, _ := before[s.table].(map[string]any)
	if table == nil {
		table = map[string]any{}
		before[s.table] = table
	}
	if table[s.key] = value; out {
		delete(table, s.key)
	}
	if _, there := after[s.table]; !there {
		after[s.table] = map[string]any{}
	}
	return reflect.DeepEqual(before, after)
}

// A shape is where things stand in a text.
type shape struct {
	// keys are where each key of a table and its value stand, tables where the last
	// line ends that is a table's own; sections where one ends for whatever follows.
	keys     map[place]stretch
	tables   map[string]int
	sections map[string]stretch
}

// A stretch is a piece of a text: a key's begins with the key, and value with the
// value.
type stretch struct{ from, value, to int }

func shapeOf(text []byte) shape {
	found := shape{map[place]stretch{}, map[string]int{}, map[string]stretch{}}
	var parser unstable.Parser
	parser.Reset(text)
	var table []string
	for parser.NextExpression() {
		node := parser.Expression()
		path, at := keyPath(node.Key())
		if node.Kind != unstable.KeyValue {
			found.end(table, at)
			table = path
			if node.Kind == unstable.Table && len(path) == 1 {
				begin := lineEnd(text, at)
				found.tables[path[0]], found.sections[path[0]] = begin, stretch{from: begin, to: len(text)}
			}
			continue
		}
		to := int(node.Raw.Offset + node.Raw.Length)
		if full := slices.Concat(table, path); len(full) == 2 {
			found.keys[place{full[0], full[1]}] = stretch{at, valueOf(text, node.Key(), to), to}
		}
		if len(table) == 1 {
			found.tables[table[0]] = lineEnd(text, to)
		}
	}
	return found
}

// end ends the section of a table where the next one's name stands.
func (s shape) end(table []string, at int) {
	if len(table) != 1 {
		return
	}
	if section, there := s.sections[table[0]]; there {
		section.to = at
		s.sections[table[0]] = section
	}
}

// valueOf is where the value behind a key begins.
func valueOf(text []byte, keys unstable.Iterator, to int) int {
	at := 0
	for keys.Next() {
		raw := keys.Node().Raw
		at = int(raw.Offset + raw.Length)
	}
	for at < to && (text[at] == ' ' || text[at] == '\t' || text[at] == '=') {
		at++
	}
	return at
}

// lineEnd is where the line after that of at begins.
func lineEnd(text []byte, at int) int {
	n := bytes.IndexByte(text[at:], '\n')
	if n < 0 {
		return len(text)
	}
	return at + n + 1
}

// put is the text with a key set or taken out.
func (s shape) put(text []byte, of setting, literal []byte, out bool) []byte {
	at, there := s.keys[place{of.table, of.key}]
	switch {
	case there && out:
		begin := bytes.LastIndexByte(text[:at.from], '\n') + 1
		return slices.Concat(text[:begin], text[lineEnd(text, at.to):])
	case there:
		return slices.Concat(text[:at.value], literal, text[at.to:])
	}
	line := slices.Concat([]byte(of.key), []byte(" = "), literal)
	end, known := s.tables[of.table]
	if !known {
		line = slices.Concat([]byte("["+of.table+"]"), newline(text), line)
		end = len(text)
		if end > 0 {
			line = slices.Concat(newline(text), line)
		}
	} else if below := s.belowExample(text, of); below > 0 {
		end = below
	}
	if end > 0 && text[end-1] != '\n' {
		line = slices.Concat(newline(text), line)
	}
	return slices.Concat(text[:end], line, newline(text), text[end:])
}

// belowExample is where the line begins after the one that shows the key behind a #,
// as Example does; 0 where none does.
func (s shape) belowExample(text []byte, of setting) int {
	section, there := s.sections[of.table]
	if !there {
		return 0
	}
	shown := regexp.MustCompile(`(?m)^#[ \t]*` + regexp.QuoteMeta(of.key) + `[ \t]*=.*$`)
	all := shown.FindAllIndex(text[section.from:section.to], -1)
	if len(all) == 0 {
		return 0
	}
	return lineEnd(text, section.from+all[len(all)-1][1])
}

// newline is how the text ends its lines.
func newline(text []byte) []byte {
	if bytes.Contains(text, []byte("\r\n")) {
		return []byte("\r\n")
	}
	return []byte("\n")
}
