package words

import (
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"pkidstation/assets"
)

// Rewritten gives the words of a language with every text rewritten by a rule: what
// a language that is longer than ours would do to a screen can be looked at that way.
// The rule is given each form of each text, with its placeholders.
func Rewritten(name string, rule func(string) string) (*Words, error) {
	return speaking(func(tag language.Tag) (*i18n.Bundle, error) {
		return read(assets.Translations, tag, func(m *i18n.Message) {
			for _, form := range forms(m) {
				if *form != "" {
					*form = rule(*form)
				}
			}
		})
	}, name)
}
