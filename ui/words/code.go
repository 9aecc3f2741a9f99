package words

import (
	"strings"
	"unicode/utf8"

	"pkidstation/queue/autopilot"
)

// Advice is what to do about a device that Microsoft answered for.
type Advice struct {
	What string // what Microsoft found
	Next string // what to do now
	Who  string // who does it
	// Copy is what Microsoft's support asks for, in Microsoft's own words, to be
	// copied as it is; empty where nobody needs it.
	Copy string
}

// String is the advice in one line.
func (a Advice) String() string { return sentences(a.What, a.Next) }

// sentences are the texts that are not empty, one after the other.
func sentences(texts ...string) string {
	var said []string
	for _, text := range texts {
		if text != "" {
			said = append(said, text)
		}
	}
	for i := range len(said) - 1 {
		if !ended(said[i]) {
			said[i] += "."
		}
	}
	return strings.Join(said, " ")
}

// ended says whether a text ends as a sentence does. What Microsoft or a person
// said may end anyhow, and its full stop may be within quotes or brackets.
func ended(text string) bool {
	text = strings.TrimRight(text, "»”’\"')] \u00a0\u202f")
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?:;…", last)
}

// Code is the advice for what Microsoft answered for one device: its code and
// its own words. A code that is not known is shown as it came, and needs a
// person. Where there is an entry, Outcome knows more.
func (w *Words) Code(code autopilot.Code, answer string) Advice {
	known := recognise(code, answer)
	if who := responsible(known); who != "" {
		id := "code." + string(known)
		return Advice{What: w.Say(id + ".what"), Next: w.Say(id + ".next"), Who: w.Say(who)}
	}
	what := w.Say("code.none.what")
	if code != "" {
		what = w.Say("code.other.what", "Code", Shown(string(code)))
	}
	if answer != "" {
		what += " " + w.Say("code.answer", "Answer", Shown(answer))
	}
	return Advice{What: what, Next: w.Say("code.other.next"), Who: w.Say("who.supervisor")}
}

// recognise gives the code, by Microsoft's name for it where the number is
// missing or unknown.
func recognise(code autopilot.Code, answer string) autopilot.Code {
	code = autopilot.Code(strings.TrimSpace(string(code)))
	if responsible(code) != "" {
		return code
	}
	for _, text := range []string{string(code), strings.TrimSpace(answer)} {
		if known := autopilot.CodeNamed(text); known != "" {
			return known
		}
	}
	return code
}

// responsible is the table of what is known of Microsoft's codes: the id of who
// acts on each, "" for an unknown one. A code that is in it has its sentences in
// code.<code>.what and code.<code>.next.
func responsible(code autopilot.Code) string {
	switch code {
	case autopilot.CodeAlreadyHere, autopilot.CodeNotRegistered:
		return "who.nobody"
	case autopilot.CodeMissingIdentity:
		return "who.operator"
	case autopilot.CodeStorage, autopilot.CodeInvalidHash, autopilot.CodeDuplicate, autopilot.CodeMismatch:
		return "who.supervisor"
	case autopilot.CodeNoProfile, autopilot.CodeOtherProfile, autopilot.CodeNoProfileThere:
		return "who.admin"
	case autopilot.CodeOtherTenant, autopilot.CodeOtherParty:
		return "who.owner"
	case autopilot.CodeUnknownDevice, autopilot.CodeNotUnique:
		return "who.maker"
	case autopilot.CodeAlreadyEntra:
		return "who.customer"
	case autopilot.CodeInvalidBody:
		return "who.support"
	default:
		return ""
	}
}
