package leave_test

import (
	"io/fs"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"pkidstation/assets"
	"pkidstation/queue/export/leave"
)

// languages are those that a paper is made in.
func languages() []string { return []string{"en", "fr"} }

// spoken are the texts of assets in one language. The queue knows nothing about
// the ui, its tests neither; pkidctl's tests use the words of ui/words.
type spoken struct {
	language string
	texts    *i18n.Localizer
}

var _ leave.Words = spoken{}

func speak(tb testing.TB, tag string) spoken {
	tb.Helper()
	texts, err := translations()
	if err != nil {
		tb.Fatal(err)
	}
	return spoken{language: tag, texts: i18n.NewLocalizer(texts[tag], tag)}
}

// translations are the texts by language, each apart: nothing is said in another.
var translations = sync.OnceValues(func() (map[string]*i18n.Bundle, error) {
	all := map[string]*i18n.Bundle{}
	for _, tag := range languages() {
		all[tag] = i18n.NewBundle(language.English)
		for _, room := range []string{"exportfile", "leave"} {
			name := "translations/" + room + "." + tag + ".json"
			raw, err := fs.ReadFile(assets.Translations, name)
			if err != nil {
				return nil, err
			}
			if _, err := all[tag].ParseMessageFileBytes(raw, name); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
})

func (w spoken) Say(id string, data ...any) string { return w.localize(id, nil, data) }

func (w spoken) Count(id string, n int, data ...any) string {
	return w.localize(id, n, append(data, "Count", w.Number(n)))
}

func (w spoken) localize(id string, n any, data []any) string {
	fields := map[string]any{}
	for i := 0; i+1 < len(data); i += 2 {
		fields[data[i].(string)] = data[i+1]
	}
	text, err := w.texts.Localize(&i18n.LocalizeConfig{MessageID: id, PluralCount: n, TemplateData: fields})
	if err != nil {
		return "[" + id + "]"
	}
	if w.language == "fr" {
		text = strings.ReplaceAll(text, " :", "\u00a0:") // as the station typesets it
	}
	return text
}

func (w spoken) Number(n int) string {
	text, group := strconv.Itoa(n), ","
	if w.language == "fr" {
		group = "\u202f"
	}
	if n >= 1000 {
		text = text[:len(text)-3] + group + text[len(text)-3:]
	}
	return text
}

func (w spoken) Language() string { return w.language }
