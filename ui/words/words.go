package words

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"pkidstation/assets"
	"pkidstation/queue/autopilot"
)

// Words speaks one language. It is immutable and safe for concurrent use;
// another language is another Words.
type Words struct {
	bundle    *i18n.Bundle
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
func New(name string) (*Words, error) {
	bundle, err := compiled()
	if err != nil {
		return nil, err
	}
	plain := Words{bundle: bundle, names: func(id autopilot.TenantID) string { return string(id) }}
	return plain.In(name), nil
}

// In gives the same Words in another language, named as New takes it: what is
// written to a customer is in theirs, whatever the station speaks.
func (w *Words) In(name string) *Words {
	other := *w
	other.language = best(name)
	other.localizer = i18n.NewLocalizer(w.bundle, other.language.String())
	other.printer = message.NewPrinter(other.language)
	return &other
}

// compiled are the texts that are compiled in, read once.
var compiled = sync.OnceValues(func() (*i18n.Bundle, error) { return load(assets.Translations) }) //nolint:gochecknoglobals // they do not change

// read reads every file of translations into one bundle, each text changed before.
func read(files fs.FS, change func(*i18n.Message)) (*i18n.Bundle, error) {
	paths, err := fs.Glob(files, "translations/*.json")
	if err != nil {
		return nil, fmt.Errorf("listing the texts: %w", err)
	}
	bundle := i18n.NewBundle(language.English)
	for _, name := range paths {
		if err := add(bundle, files, name, change); err != nil {
			return nil, fmt.Errorf("reading the texts in %s: %w", path.Base(name), err)
		}
	}
	return bundle, nil
}

func add(bundle *i18n.Bundle, files fs.FS, name string, change func(*i18n.Message)) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	file, err := i18n.ParseMessageFileBytes(text, name, nil)
	if err != nil {
		return err
	}
	for _, m := range file.Messages {
		if file.Tag == language.French {
			typeset(m)
		}
		change(m)
	}
	return bundle.AddMessages(file.Tag, file.Messages...)
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
