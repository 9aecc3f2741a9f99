package words_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/words"
)

const key = "VK7JG-NPHTM-C97JM-9MPGT-3V66T"

func kinds(t *testing.T) []string {
	t.Helper()
	return constants[string](t, "../../scanner/label", "Kind")
}

func at(hour, minute int) time.Time { return time.Date(2026, 11, 23, hour, minute, 0, 0, time.Local) }

func box(number int) queue.Entry {
	return queue.Entry{
		Number: number, Device: autopilot.Device{PKID: "3305123456781", Serial: "5CD1234XYZ"},
		State: queue.Ready, CapturedAt: at(14, 32), Customer: "contoso",
	}
}

func TestEveryStateReasonAndKindHasWords(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		for _, s := range constants[queue.State](t, "../../queue", "State") {
			whole(t, string(s), w.State(s))
			if got := w.State(s); got == string(s) {
				t.Errorf("state %s has no words", s)
			}
		}
		for _, r := range constants[queue.Reason](t, "../../queue", "Reason") {
			whole(t, string(r), w.Reason(r))
			if got := w.Reason(r); got == string(r) {
				t.Errorf("reason %s has no words", r)
			}
		}
		for _, a := range constants[queue.Action](t, "../../queue", "Action") {
			whole(t, string(a), w.Action(a))
			if got := w.Action(a); got == string(a) {
				t.Errorf("action %s has no words", a)
			}
		}
		for _, k := range kinds(t) {
			whole(t, k, w.Kind(k))
			if got := w.Kind(k); k != "other" && got == w.Kind("other") {
				t.Errorf("kind %s has no words", k)
			}
		}
	}
}

func TestUnknownWordsAreShownAsTheyAre(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		for got, want := range map[string]string{
			w.State("new\n"): `new\n`, w.Reason("new\x1b"): `new\x1b`, w.Kind("new"): w.Kind("other"),
			w.Reason(""): "", w.Reason(queue.Reason(queue.Ready)): w.State(queue.Ready),
		} {
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	}
}

func TestCapturedSubmittedRegisteredAreThreeWords(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		three := map[string]bool{w.Say("captured"): true, w.State(queue.Submitted): true, w.State(queue.Registered): true}
		if len(three) != 3 {
			t.Errorf("they are %v", three)
		}
	}
}

// Every verdict there can be says what, why and what now, whole, on one line
// each, and never a product key.
func TestPrinciple8EveryVerdictIsWhole(t *testing.T) {
	t.Parallel()
	reasons := append(constants[queue.Reason](t, "../../queue", "Reason"), "")
	all := append(kinds(t), "", "new")
	for _, w := range speakAll(t) {
		for _, word := range constants[queue.Word](t, "../../queue", "Word") {
			for _, reason := range reasons {
				for _, kind := range all {
					v := queue.Verdict{Word: word, Reason: reason, Kind: kind, Text: key + "\r\n\x1b[31m", Entry: box(12), Other: box(7)}
					s := w.Verdict(v)
					name := string(word) + "/" + string(reason) + "/" + kind
					whole(t, name, s.Word)
					whole(t, name, s.What)
					whole(t, name, s.Next)
					if strings.ContainsAny(s.String(), "\r\n\x1b") {
						t.Errorf("%s: a control character came through: %q", name, s)
					}
					if (reason == queue.Secret || kind == "secret") && strings.Contains(s.String(), "VK7JG") {
						t.Errorf("%s: the product key came through: %q", name, s)
					}
				}
			}
		}
	}
}

// A reason that a held or refused verdict can have says more than the general
// text.
func TestHeldAndRefusedSayWhy(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		seen := map[string]queue.Reason{}
		for _, v := range []queue.Verdict{
			{Word: queue.OnHold, Reason: queue.CouldBeGTIN},
			{Word: queue.OnHold, Reason: queue.OtherCustomer},
			{Word: queue.OnHold, Reason: queue.NoCustomer},
			{Word: queue.OnHold, Reason: queue.Conflict},
			{Word: queue.OnHold, Reason: queue.NoPKID},
			{Word: queue.OnHold, Reason: queue.TypedByHand},
			{Word: queue.OnHold, Reason: queue.Assigned},
			{Word: queue.OnHold, Reason: queue.ByPerson},
			{Word: queue.NotTaken, Reason: queue.Secret},
			{Word: queue.NotTaken, Reason: queue.ProductID},
			{Word: queue.NotTaken, Reason: queue.AllEqual},
			{Word: queue.NotTaken, Reason: queue.ControlCharacters},
			{Word: queue.NotTaken, Reason: queue.TooLong},
			{Word: queue.NotTaken, Reason: queue.UnknownCode},
			{Word: queue.Ignored, Reason: queue.NoPairing, Kind: "serial"},
			{Word: queue.Ignored, Reason: queue.NoIdentity, Kind: "serial"},
			{Word: queue.Ignored, Reason: queue.SeveralBoxes, Kind: "pkid"},
		} {
			v.Entry, v.Other = box(12), box(7)
			what := w.Verdict(v).What
			if first, ok := seen[what]; ok {
				t.Errorf("%s and %s both say %q", first, v.Reason, what)
			}
			seen[what] = v.Reason
		}
	}
}

func TestVerdictsInTheirOwnWords(t *testing.T) {
	t.Parallel()
	seen := queue.Verdict{Word: queue.Seen, Entry: box(37), Reason: queue.Reason(queue.Ready), At: at(15, 0)}
	gtin := queue.Verdict{Word: queue.Ignored, Kind: "gtin", Reason: queue.NoIdentity, Text: "4006381333931"}
	half := queue.Verdict{Word: queue.Attached, Kind: "serial", Text: "5CD1234XYZ", Entry: queue.Entry{Number: 3}}
	for _, c := range []struct {
		language string
		verdict  queue.Verdict
		want     words.Sentence
	}{
		{"en", queue.Verdict{Word: queue.Accepted, Entry: box(12)}, words.Sentence{
			Word: "Accepted", What: "PKID 3305123456781, serial number 5CD1234XYZ. Box 12, kept on this station.", Next: "Next box.",
		}},
		{"fr", queue.Verdict{Word: queue.Accepted, Entry: box(12)}, words.Sentence{
			Word: "Lu", What: "PKID 3305123456781, numéro de série 5CD1234XYZ. Carton 12, gardé sur ce poste.", Next: "Carton suivant.",
		}},
		{"en", seen, words.Sentence{
			Word: "Already seen", What: "Already seen: box 37, 14:32. State: Ready to send.", Next: "Nothing to do. Next box.",
		}},
		{"fr", seen, words.Sentence{
			Word: "Déjà lu", What: "Déjà lu : carton 37, 14 h 32. État : Prêt à envoyer.", Next: "Rien à faire. Carton suivant.",
		}},
		{"en", gtin, words.Sentence{
			Word: "Ignored", What: "This is the product's EAN. Text read: 4006381333931", Next: "Aim at the PKID code.",
		}},
		{"fr", gtin, words.Sentence{
			Word: "Ignoré", What: "Ce code est l'EAN du produit. Texte lu : 4006381333931", Next: "Visez le code PKID.",
		}},
		{"fr", half, words.Sentence{
			Word: "Rattaché", What: "Numéro de série : 5CD1234XYZ. Carton 3, gardé sur ce poste.",
			Next: "Visez maintenant le code PKID du même carton.",
		}},
		{"fr", queue.Verdict{Word: queue.NotTaken, Reason: queue.Secret, Kind: "secret", Text: key}, words.Sentence{
			Word: "Refusé", What: "C'est une clé de produit Windows. Rien n'en a été gardé.",
			Next: "Ne la montrez à personne. Visez le code PKID.",
		}},
	} {
		got := speak(t, c.language).Verdict(c.verdict)
		got.What = strings.ReplaceAll(got.What, "\u00a0", " ")
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.language, c.verdict.Word, diff)
		}
	}
}

func TestSeenSaysTheDayIfItWasAnother(t *testing.T) {
	t.Parallel()
	v := queue.Verdict{Word: queue.Seen, Entry: box(37), At: at(15, 0).AddDate(0, 0, 2)}
	if got := speak(t, "en").Verdict(v).What; !strings.Contains(got, "box 37, 2026-11-23 14:32.") {
		t.Errorf("got %q", got)
	}
	if got := speak(t, "fr").Verdict(v).What; !strings.Contains(got, "carton 37, 23/11/2026 14\u00a0h\u00a032.") {
		t.Errorf("got %q", got)
	}
}

// A serial read twice before its PKID: nobody but the reader must act.
func TestSeenAsksForTheMissingPKID(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		e := queue.Entry{Number: 3, Device: autopilot.Device{Serial: "5CD1234XYZ"}, State: queue.Held, Reason: queue.NoPKID}
		if got := w.Verdict(queue.Verdict{Word: queue.Seen, Entry: e}).Next; got != w.Say("verdict.attached.next") {
			t.Errorf("got %q", got)
		}
	}
}

func TestConflictNamesTheOtherBoxIfThereIsOne(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		v := queue.Verdict{Word: queue.OnHold, Reason: queue.Conflict, Entry: box(12), Other: box(7)}
		if got := w.Verdict(v).What; !strings.Contains(got, " 7") {
			t.Errorf("box 7 is not in %q", got)
		}
		v.Other = queue.Entry{}
		if got := w.Verdict(v).What; strings.Contains(got, " 0") {
			t.Errorf("there is no box 0: %q", got)
		}
	}
}

func TestSeenSendsARejectedBoxAside(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		next := map[string]queue.State{}
		for _, s := range []queue.State{queue.Ready, queue.Held, queue.Rejected} {
			e := box(3)
			e.State = s
			next[w.Verdict(queue.Verdict{Word: queue.Seen, Entry: e}).Next] = s
		}
		if len(next) != 3 {
			t.Errorf("ready, held and rejected must not say the same: %v", next)
		}
	}
}

// A box that goes by its serial is told by it: a command closed it, and no PKID was
// read.
func TestABoxWithoutPKIDIsToldByItsSerial(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		for _, reason := range []queue.Reason{queue.OtherCustomer, queue.Conflict, queue.NotAnnounced, queue.Unconfirmed} {
			v := queue.Verdict{Word: queue.OnHold, Reason: reason, Kind: "command", Text: "%PKID%NEXT", Entry: box(12)}
			v.Entry.PKID, v.Entry.State, v.Entry.Reason = "", queue.Held, reason
			if reason == queue.OtherCustomer || reason == queue.Conflict {
				v.Entry.Listed = queue.Listed{List: 1, Row: 2, PKID: "3305123456781", Serial: "5CD1234XYZ", Customer: "fabrikam", Order: "BL-9"}
			}
			what := w.Verdict(v).What
			if !strings.Contains(what, "5CD1234XYZ") || strings.Contains(what, "%PKID%") || strings.Contains(what, "PKID .") {
				t.Errorf("%s: %q", reason, what)
			}
			whole(t, string(reason), w.Why(v.Entry))
			if strings.Contains(w.Why(v.Entry), "PKID ,") {
				t.Errorf("%s: %q", reason, w.Why(v.Entry))
			}
		}
	}
}

// A box whose serial alone is announced for somebody else is told by it.
func TestAListOfSerialsIsToldBySerial(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		v := queue.Verdict{Word: queue.OnHold, Reason: queue.OtherCustomer, Kind: "pkid", Text: "3305123456781", Entry: box(12)}
		v.Entry.State, v.Entry.Reason = queue.Held, queue.OtherCustomer
		v.Entry.Listed = queue.Listed{List: 1, Row: 2, Serial: "5CD1234XYZ", Customer: "fabrikam", Order: "BL-9"}
		if what := w.Verdict(v).What; strings.Contains(what, "3305123456781") || !strings.Contains(what, "5CD1234XYZ") {
			t.Errorf("told %q", what)
		}
	}
}

// A reception that is closed says how many of its boxes do not go out.
func TestTheHeldAreToldWhereAReceptionIsClosed(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		v := queue.Verdict{Word: queue.Ignored, Reason: queue.ReceptionEnded, Kind: "command", Count: 48, Of: 48}
		if all := w.Verdict(v).What; strings.Contains(all, "17") {
			t.Errorf("nothing is held: %q", all)
		}
		v.Held = 17
		if some := w.Verdict(v).What; !strings.Contains(some, "17") {
			t.Errorf("told %q", some)
		}
	}
}

// Boxes that were read for nobody are no previous customer's.
func TestBoxesOfNobodyAreToldWhereACustomerComes(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		v := queue.Verdict{Word: queue.Ignored, Reason: queue.Changed, Kind: "command", Held: 17}
		if what := w.Verdict(v).What; !strings.Contains(what, "17") {
			t.Errorf("told %q", what)
		}
	}
}

// What a shift takes over has the boxes that Microsoft rejected.
func TestAShiftIsToldWhatWasRejected(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		v := queue.Verdict{Word: queue.Ignored, Reason: queue.ShiftWaits, Kind: "command", Name: "Marie", Unfinished: queue.Unfinished{Refused: 4711}}
		if what := strings.NewReplacer("\u202f", "", "\u00a0", "", ",", "").Replace(w.Verdict(v).What); !strings.Contains(what, "4711") {
			t.Errorf("told %q", what)
		}
	}
}
