package report_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"text/template"

	"pkidstation/assets"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export/report"
)

// spoken are the texts of assets in one language, without plurals. The queue
// knows nothing about the ui, its tests neither; pkidctl's tests use the words
// of ui/words.
type spoken struct {
	language string
	texts    map[string]*template.Template
}

var _ report.Words = spoken{}

func speak(tb testing.TB, language string) spoken {
	tb.Helper()
	w := spoken{language: language, texts: map[string]*template.Template{}}
	for _, room := range []string{"exportfile", "words"} {
		raw, err := fs.ReadFile(assets.Translations, "translations/"+room+"."+language+".json")
		if err != nil {
			tb.Fatal(err)
		}
		var all map[string]any
		if err := json.Unmarshal(raw, &all); err != nil {
			tb.Fatal(err)
		}
		for id, text := range all {
			if text, ok := text.(string); ok {
				w.texts[id] = template.Must(template.New(id).Parse(text))
			}
		}
	}
	return w
}

func (w spoken) Operator(name string, number uint64) string {
	if number > 0 && name == queue.ErasedName(number) {
		return "[erased]"
	}
	return name
}

func (w spoken) Say(id string, data ...any) string {
	fields := map[string]any{}
	for i := 0; i+1 < len(data); i += 2 {
		fields[fmt.Sprint(data[i])] = data[i+1]
	}
	var b strings.Builder
	if t := w.texts[id]; t == nil || t.Execute(&b, fields) != nil {
		return "[" + id + "]"
	}
	return b.String()
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

func (w spoken) Language() string           { return w.language }
func (w spoken) State(s queue.State) string { return w.Say("state." + string(s)) }

func (w spoken) CustomerName(id autopilot.TenantID) string {
	if id == contoso {
		return "Contoso & Cie"
	}
	return ""
}

func (w spoken) Answered(e queue.Entry) string { return "outcome " + string(e.Code) }

func (w spoken) Mark(e queue.Entry, by string) string {
	return strings.TrimSpace(string(e.Reason) + " by " + by)
}
