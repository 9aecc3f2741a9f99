package words

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"pkidstation/assets"
)

// Texts are those of a language. Each language has every text (a test holds that), so
// none is read but the one that is spoken: they take a seventh of a start.
type texts func(language.Tag) (*i18n.Bundle, error)

// compiled are the texts that are compiled in, each language read once.
func compiled(tag language.Tag) (*i18n.Bundle, error) {
	once, _ := inMemory.LoadOrStore(tag, sync.OnceValues(func() (*i18n.Bundle, error) {
		return read(assets.Translations, tag, func(*i18n.Message) {})
	}))
	return once.(func() (*i18n.Bundle, error))() //nolint:forcetypeassert // nothing else is in it
}

var inMemory sync.Map //nolint:gochecknoglobals // what is compiled in does not change

// read reads every file of a language into one bundle, each text changed before.
func read(files fs.FS, tag language.Tag, change func(*i18n.Message)) (*i18n.Bundle, error) {
	paths, err := fs.Glob(files, "translations/*."+tag.String()+".json")
	if err != nil {
		return nil, fmt.Errorf("listing the texts: %w", err)
	}
	bundle := i18n.NewBundle(tag)
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

// forms are those that a text may have.
func forms(m *i18n.Message) []*string {
	return []*string{&m.Zero, &m.One, &m.Two, &m.Few, &m.Many, &m.Other}
}

// typeset makes the spaces that French has before tall punctuation unbreakable,
// so that translators need not find the key.
func typeset(m *i18n.Message) {
	for _, form := range forms(m) {
		*form = unbreakable.Replace(*form)
	}
}

var unbreakable = strings.NewReplacer( //nolint:gochecknoglobals // a table
	" :", "\u00a0:", " ;", "\u00a0;", " ?", "\u00a0?", " !", "\u00a0!",
	"« ", "«\u00a0", " »", "\u00a0»",
)
