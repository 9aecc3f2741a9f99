package main

import (
	"errors"
	"fmt"
	"strings"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/typed"
	"pkidstation/queue"
	"pkidstation/scanner/camera"
	"pkidstation/ui/words"
)

// sentence is what to say of one error.
func (p *program) sentence(err error, code int) string {
	if c, ok := errors.AsType[*config.Error](err); ok {
		return configSentence(p.words(), c)
	}
	if q, ok := errors.AsType[*questionError](err); ok {
		return p.words().Asked(q.err)
	}
	switch {
	case errors.Is(err, queue.ErrNeedsSupervisor):
		return p.words().Say("cli.needs-supervisor")
	case code != exitUsage, errors.Is(err, typed.ErrSecret):
		return p.words().Error(err)
	default:
		return misused(p.words(), err)
	}
}

// complain says what went wrong, in words.
func (p *program) complain(err error, code int) {
	for _, one := range apart(err) {
		text := p.sentence(one, code)
		if f, ok := errors.AsType[*camera.FileError](one); ok {
			text = words.Shown(f.File) + ": " + text
		}
		fmt.Fprintln(p.err, "pkidctl:", text) //nolint:errcheck // there is nowhere left to say it
	}
}

// apart takes joined errors apart, so that each gets its sentence.
func apart(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error }) // only the outermost joins are taken apart
	if !ok || strings.Count(err.Error(), "\n") < len(joined.Unwrap())-1 {
		return []error{err} // one error that wraps several
	}
	var all []error
	for _, one := range joined.Unwrap() {
		all = append(all, apart(one)...)
	}
	return all
}

// configSentence says which line or variable is wrong and what is allowed.
func configSentence(w *words.Words, e *config.Error) string {
	where := e.File
	switch {
	case e.Variable != "":
		where = e.Variable
	case e.Line > 0:
		where = w.Say("cli.config.line", "File", e.File, "Line", e.Line)
	}
	allowed := e.Allowed
	if allowed != "" && allowed == config.Allowed(e.Key) {
		allowed = strings.ReplaceAll(w.Say("settings.allowed."+e.Key), "`", "")
	}
	text := w.Say("cli.config."+string(e.Problem), "Where", where, "Key", e.Key, "Value", e.Value, "Allowed", allowed)
	if e.Suggest != "" {
		text += " " + w.Say("cli.config.suggest", "Suggest", e.Suggest)
	}
	return text
}
