package words

import (
	"regexp"
	"slices"
	"strings"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Happened is what happened to an entry, for its history on screen. An action that is
// not known is shown as it is.
func (w *Words) Happened(a queue.Action) string {
	if id := "ui.action." + string(a); w.has(id) {
		return w.Say(id)
	}
	return w.Action(a)
}

// A noteForm is a note that the queue itself writes into the audit, where it is kept in
// English for good: a row of numbers and names in fixed words.
type noteForm struct {
	actions []queue.Action
	form    *regexp.Regexp // its last group is what a person wrote behind it
	id      string
	data    []string // the placeholders of the groups before
}

// noteForms are told by the action that writes them: of any other the same words are a
// person's.
//
//nolint:gochecknoglobals // a table that does not change
var noteForms = []noteForm{
	form("attempt", `attempt (\d+), request (\S*)`, "Attempt Request", queue.ActionSend, queue.ActionAsk),
	form("already", `the box was here already: (\S+)`, "Entry", queue.ActionAttach),
	form("hash", `hardware hash`, "", queue.ActionAttach),
	form("handover", `handover (\S+)`, "Handover", queue.ActionAttach),
	form("taken-in", `handover (\S+), box (\d+) of station (\S+)`, "Handover Number Station", queue.ActionTakeIn),
	form("handed-out", `handover (\S+) to station (\S+)`, "Handover Station", queue.ActionHandOut),
	form("restored", `handover (\S+), after the backup was made`, "Handover", queue.ActionRestore),
	form("found", `found at Partner Center`, "", queue.ActionSubmit),
	form("refused", `refused before it was taken`, "", queue.ActionSubmit),
	form("after-all", `listed in (.+) after all`, "Batch", queue.ActionOutcome),
	form("claimed", `another entry stands for its PKID`, "", queue.ActionRetry),
	form("list", `list (\d+)`, "List", queue.ActionAnnounce),
	form("list-row", `list (\d+), row (\d+)`, "List Row", queue.ActionUnscanned),
	form("to-customer", `to entry (\S+) of (\S+?):`, "Entry Customer", queue.ActionAssign),
	form("from-box", `from box (\d+) of (\S+?):`, "Number Customer", queue.ActionAssign),
	form("profile", `(wanted|sent|applied|failed)`, "State", queue.ActionProfile),
}

func form(id, text, data string, actions ...queue.Action) noteForm {
	return noteForm{actions, regexp.MustCompile(`^` + text + `(?: (.*))?$`), "history.note." + id, strings.Fields(data)}
}

// Note is the note of an audit line in the language: what the queue writes in its own
// words, Microsoft's codes by what they mean, and what a person wrote as they did.
func (w *Words) Note(line queue.AuditLine) string {
	for _, f := range noteForms {
		if !slices.Contains(f.actions, line.Action) {
			continue
		}
		if found := f.form.FindStringSubmatch(line.Note); found != nil {
			return w.formed(f, found)
		}
	}
	if line.Action == queue.ActionOutcome || line.Action == queue.ActionSettle || line.Action == queue.ActionProfile {
		return w.answered(line.Note)
	}
	return Shown(line.Note)
}

func (w *Words) formed(f noteForm, found []string) string {
	data := []any{}
	for n, name := range f.data {
		value := found[n+1]
		switch name {
		case "Customer":
			value = w.customer(autopilot.TenantID(value))
		case "State":
			value = w.Say("screens.profile." + value)
		default:
			value = Shown(value)
		}
		data = append(data, name, value)
	}
	text, rest := w.Say(f.id, data...), found[len(found)-1]
	if slices.Contains(f.actions, queue.ActionProfile) {
		return beside(text, w.answered(rest))
	}
	return beside(text, Shown(rest))
}

// answered is a code of Microsoft's by what it means, and what came with it.
func (w *Words) answered(note string) string {
	code, rest, _ := strings.Cut(note, " ")
	if code == "" || strings.Trim(code, "0123456789") != "" && !strings.HasPrefix(code, "Ztd") {
		return Shown(note)
	}
	return beside(w.Say("history.code", "Code", Shown(code), "What", w.Code(autopilot.Code(code), "").What), Shown(rest))
}

func beside(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}
