package words

import (
	"fmt"
	"maps"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Say gives the text with an id. data fills its placeholders: pairs of a name
// and a value, or one map[string]any. Values are shown as they are: give counts
// through Number and foreign text through Shown. An id without text comes back
// in brackets, for everybody to see.
func (w *Words) Say(id string, data ...any) string {
	return w.localize(id, &i18n.LocalizeConfig{MessageID: id, TemplateData: fields(data)})
}

// Count is Say for n things, in the form that the language has for n. The
// placeholder Count is n, grouped.
func (w *Words) Count(id string, n int, data ...any) string {
	filled := fields(data)
	filled["Count"] = w.Number(n)
	return w.localize(id, &i18n.LocalizeConfig{MessageID: id, PluralCount: n, TemplateData: filled})
}

// localize ignores the error where there is a text all the same: an English one
// for one that is not translated, or the general form for a missing plural.
func (w *Words) localize(id string, config *i18n.LocalizeConfig) string {
	text, err := w.localizer.Localize(config)
	if err != nil && text == "" {
		return "[" + id + "]"
	}
	return text
}

// has says whether there is a text with an id.
func (w *Words) has(id string) bool {
	text, err := w.localizer.Localize(&i18n.LocalizeConfig{MessageID: id})
	return err == nil || text != ""
}

// first is the first id of ids that there is a text for, the last one if none.
func (w *Words) first(ids ...string) string {
	for _, id := range ids {
		if w.has(id) {
			return id
		}
	}
	return ids[len(ids)-1]
}

// fields are the placeholders by name.
func fields(data []any) map[string]any {
	filled := make(map[string]any, len(data))
	for len(data) > 0 {
		if all, ok := data[0].(map[string]any); ok {
			maps.Copy(filled, all)
			data = data[1:]
			continue
		}
		if len(data) == 1 {
			break
		}
		filled[fmt.Sprint(data[0])] = data[1]
		data = data[2:]
	}
	return filled
}
