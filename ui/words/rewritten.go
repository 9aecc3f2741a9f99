package words

import (
	"fmt"
	"io/fs"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"pkidstation/assets"
	"pkidstation/queue/autopilot"
)

// Rewritten gives the words of a language with every text rewritten by a rule: what
// a language that is longer than ours would do to a screen can be looked at that way.
// The rule is given each form of each text, with its placeholders.
func Rewritten(name string, rule func(string) string) (*Words, error) {
	bundle, err := read(assets.Translations, func(m *i18n.Message) {
		for _, form := range []*string{&m.Zero, &m.One, &m.Two, &m.Few, &m.Many, &m.Other} {
			if *form != "" {
				*form = rule(*form)
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("rewriting the texts: %w", err)
	}
	plain := Words{bundle: bundle, names: func(id autopilot.TenantID) string { return string(id) }}
	return plain.In(name), nil
}

// load reads every file of translations into one bundle.
func load(files fs.FS) (*i18n.Bundle, error) { return read(files, func(*i18n.Message) {}) }
