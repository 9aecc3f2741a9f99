package config

import (
	"fmt"
	"strings"
)

// A Problem is a fixed English word that says what is wrong; the screens make
// a sentence of it.
type Problem string

// What can be wrong.
const (
	// UnknownKey: there is no such key, table or variable.
	UnknownKey Problem = "unknown-key"
	// BadValue: the key exists and does not take this value.
	BadValue Problem = "bad-value"
	// BadSyntax: the file is no TOML from this line on.
	BadSyntax Problem = "bad-syntax"
	// NotText: the file is not UTF-8.
	NotText Problem = "not-text"
	// TooBig: the file is larger than any station.toml.
	TooBig Problem = "too-big"
	// Unreadable: the file is there and cannot be read, or is no file.
	Unreadable Problem = "unreadable"
)

// An Error is one thing that is wrong with what the station was told. It never
// holds a secret: an unknown key's value is not kept, nor is the token's.
type Error struct {
	Problem Problem
	// File and Line (from 1, 0 for the whole file) say where; or Variable does.
	File     string
	Line     int
	Variable string
	// Key is the dotted key, such as "upload.poll_first".
	Key string
	// Value is what was given, shortened; Allowed says what is allowed.
	Value   string
	Allowed string
	// Suggest is the key or variable that was probably meant, or empty.
	Suggest string
	// Err is what the system or the parser said, or nil.
	Err error
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.where())
	b.WriteString(e.what())
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	if e.Allowed != "" {
		b.WriteString("; allowed: " + e.Allowed)
	}
	if e.Suggest != "" {
		b.WriteString("; did you mean " + e.Suggest + "?")
	}
	return b.String()
}

// Unwrap gives what the system said.
func (e *Error) Unwrap() error { return e.Err }

func (e *Error) where() string {
	switch {
	case e.Variable != "":
		return e.Variable + ": "
	case e.Line > 0:
		return fmt.Sprintf("%s:%d: ", e.File, e.Line)
	default:
		return e.File + ": "
	}
}

func (e *Error) what() string {
	switch e.Problem {
	case UnknownKey:
		if e.Variable != "" {
			return "no such setting"
		}
		return fmt.Sprintf("there is no key %s", e.Key)
	case BadValue:
		return strings.TrimSuffix(fmt.Sprintf("%s cannot be %s", e.subject(), e.Value), " ")
	case BadSyntax:
		return "not written as TOML"
	case NotText:
		return "not UTF-8 text; save it as UTF-8"
	case TooBig:
		return "too big for a station.toml"
	case Unreadable:
		return "cannot be read"
	default:
		return string(e.Problem)
	}
}

func (e *Error) subject() string {
	if e.Key == "" {
		return "the value"
	}
	return e.Key
}
