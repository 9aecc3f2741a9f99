package words

import (
	"errors"
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"pkidstation/queue/autopilot"
)

// Words speaks one language. It is immutable and safe for concurrent use;
// another language is another Words.
type Words struct {
	texts     texts
	language  language.Tag
	localizer *i18n.Localizer
	printer   *message.Printer
	names     func(autopilot.TenantID) string
	sentinels []sentinel
}

// A sentinel is an error of a package that words does not import.
type sentinel struct {
	err error
	id  string
}

// New gives the words of a language: a BCP 47 tag such as "fr-CA", or what the
// environment calls it, such as "fr_FR.UTF-8". Any other text, the empty one
// too, means English. It fails only if the texts in assets cannot be read.
func New(name string) (*Words, error) { return speaking(compiled, name) }

// speaking gives the words of a language out of texts.
func speaking(texts texts, name string) (*Words, error) {
	plain := Words{texts: texts, names: func(id autopilot.TenantID) string { return string(id) }}
	return plain.in(best(name))
}

// In gives the same Words in another language, named as New takes it: what is
// written to a customer is in theirs, whatever the station speaks. It is this
// language still where the other's texts, which are compiled in, cannot be read.
func (w *Words) In(name string) *Words {
	other, err := w.in(best(name))
	if err != nil {
		return w
	}
	return other
}

func (w *Words) in(tag language.Tag) (*Words, error) {
	bundle, err := w.texts(tag)
	if err != nil {
		return nil, err
	}
	other := *w
	other.language = tag
	other.localizer = i18n.NewLocalizer(bundle, tag.String())
	other.printer = message.NewPrinter(tag)
	return &other, nil
}

// Language is the language spoken, "en" or "fr".
func (w *Words) Language() string { return w.language.String() }

// With gives Words that also know an error of a package that words must not
// import, such as a scanner's: Error says the text with that id for it.
func (w *Words) With(err error, id string) *Words {
	more := *w
	more.sentinels = append(slices.Clip(w.sentinels), sentinel{err: err, id: id})
	return &more
}

// Naming gives Words that call customers by name instead of by tenant id. name
// returns "" for a customer it does not know.
func (w *Words) Naming(name func(autopilot.TenantID) string) *Words {
	named := *w
	named.names = name
	return &named
}

// customer is how a customer is called.
func (w *Words) customer(id autopilot.TenantID) string {
	if id == "" {
		return w.Say("work.no-customer")
	}
	if name := w.names(id); name != "" {
		return Shown(name)
	}
	return Shown(string(id))
}

// registered is the id of the text for an error that was given to With.
func (w *Words) registered(err error) (id string, ok bool) {
	for _, s := range slices.Backward(w.sentinels) {
		if errors.Is(err, s.err) {
			return s.id, true
		}
	}
	return "", false
}
