package config

import (
	"bytes"
	"errors"
	"fmt"

	"pkidstation/cmd/internal/replace"
)

// Why a change is refused that each value of would be allowed.
var (
	// ErrChanged: the file is not what it was when the values were read.
	ErrChanged = errors.New("station.toml was changed meanwhile")
	// ErrFixed: the environment says the value, and would go on to.
	ErrFixed = errors.New("a variable of the environment sets this")
	// ErrByHand: the file says it in a way that is a person's to change.
	ErrByHand = errors.New("station.toml is written in a way that only a person can change")
)

// A Change is what is wanted of a key: a text as a variable has it, or the default.
type Change struct {
	Key, Text string
	// Back has the file say nothing of the key.
	Back bool
}

// Check tells what of the changes is not allowed: what their own rules refuse, and
// what does not go together. It reads and writes no file.
func (s Sheet) Check(changes []Change) error {
	_, err := s.changed(changes)
	return err
}

// Change writes the changes into station.toml, all or none, and gives the sheet
// after them. Whatever else is in the file stays as it is written there: comments,
// the order of keys, spaces.
func (s Sheet) Change(changes []Change) (Sheet, error) {
	text, err := s.changed(changes)
	if err != nil {
		return s, err
	}
	now, problem := readText(s.file)
	if problem != nil {
		return s, problem
	}
	if !bytes.Equal(now, s.text) {
		return s, ErrChanged
	}
	if err := replace.File(s.file, text); err != nil {
		return s, fmt.Errorf("writing the settings: %w", err)
	}
	return s.with(text)
}

// changed is the file's text after the changes, which is read as a start would.
func (s Sheet) changed(changes []Change) ([]byte, error) {
	text := s.text
	if len(bytes.TrimSpace(text)) == 0 {
		text = []byte(Example())
	}
	c := Default()
	all := map[string]setting{}
	for _, one := range settings(&c) {
		all[one.name()] = one
	}
	var problems []*Error
	for _, change := range changes {
		one, known := all[change.Key]
		if !known {
			return nil, &Error{Problem: UnknownKey, File: s.file, Key: clip(change.Key)}
		}
		if _, fixed := s.env[one.variable()]; fixed {
			return nil, ErrFixed
		}
		if !change.Back && !one.setText(change.Text) {
			shown, allowed := one.refusal(change.Text)
			problems = append(problems, &Error{Problem: BadValue, File: s.file, Key: one.name(), Value: shown, Allowed: allowed})
			continue
		}
		var err error
		if text, err = edit(text, one, change.Back); err != nil {
			return nil, err
		}
	}
	if len(problems) == 0 {
		_, _, problems = loadText(s.file, text, s.env)
	}
	return text, join(problems)
}

// typed is what the field holds, as TOML has it.
func (s setting) typed() any {
	switch s.field.Interface().(type) {
	case int, bool, []string:
		return s.field.Interface()
	default:
		return s.text()
	}
}
