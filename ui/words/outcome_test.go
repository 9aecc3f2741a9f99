package words_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// TestEveryKnownAnswerIsATableRow: each code that Microsoft is known to give,
// under each of its names, has a sentence, a next step and somebody who does it,
// in both languages, and no two codes have the same.
func TestEveryKnownAnswerIsATableRow(t *testing.T) {
	t.Parallel()
	rows := []struct{ code, name, who string }{
		{"640", "StorageError", "who.supervisor"},
		{"801", "InvalidZtdRequestBody", "who.support"},
		{"802", "InvalidZtdHardwareHash", "who.supervisor"},
		{"803", "MissingZtdSerialNumberAndProductKey", "who.operator"},
		{"806", "ZtdDeviceAlreadyAssigned", "who.nobody"},
		{"807", "ZtdDeviceIsNotRegistered", "who.nobody"},
		{"808", "ZtdDeviceAssignedToOtherTenant", "who.owner"},
		{"809", "ZtdProfileIsNotRegistered", "who.admin"},
		{"810", "ZtdProfileAssignedToOtherTenant", "who.admin"},
		{"811", "ZtdDeviceRegisteredByOtherTenant", "who.owner"},
		{"812", "ZtdDeviceNotFound", "who.maker"},
		{"813", "ZtdDeviceIsNotUnique", "who.maker"},
		{"814", "ZtdDeviceAlreadyAadRegistered", "who.customer"},
		{"815", "ZtdDeviceHasNoAssignedProfile", "who.admin"},
		{"908", "SerialNumberMismatch", "who.supervisor"},
		{"908", "ProductKeyIdMismatch", "who.supervisor"},
		{"ZtdDeviceDuplicated", "ZtdDeviceDuplicated", "who.supervisor"},
		{"", "", "who.supervisor"},
	}
	for _, w := range speakAll(t) {
		said := map[string]string{}
		for _, row := range rows {
			a := w.Code(autopilot.Code(row.code), "")
			if diff := cmp.Diff(a, w.Code("", row.name)); diff != "" {
				t.Errorf("%s and %s say different things:\n%s", row.code, row.name, diff)
			}
			whole(t, row.code, a.What)
			whole(t, row.code, a.Next)
			if a.Who != w.Say(row.who) {
				t.Errorf("%s: %s acts", row.code, a.Who)
			}
			if other, ok := said[a.What]; ok && other != row.code {
				t.Errorf("%s and %s say the same", row.code, other)
			}
			said[a.What] = row.code
		}
	}
}

// rejected is a box that Microsoft refused.
func rejected(code autopilot.Code) queue.Entry {
	return queue.Entry{
		ID: "e1", Number: 7, State: queue.Rejected, Code: code, TrackingID: "job-1", Batch: "STD", Customer: "contoso.example",
		Device: autopilot.Device{PKID: "3305123456781", Serial: "5CG1", Manufacturer: "HP", Model: "830 G9"},
	}
}

func TestOutcomeOfARefusal(t *testing.T) {
	t.Parallel()
	now := at(14, 0)
	waits, removed, tried, tuple := rejected("812"), rejected("808"), rejected("812"), rejected("812")
	waits.RetryAt, removed.RetryAt = at(18, 30), at(15, 0)
	tried.Tries, tuple.ByTuple = 3, true
	other := tuple
	other.ByTuple, other.Tries, other.TriesCode = false, 2, "640"
	storage := rejected("640")
	storage.RetryAt = at(14, 5)
	for name, tt := range map[string]struct {
		entry  queue.Entry
		en, fr string
		who    string
	}{
		"812 waits": {
			waits,
			"Microsoft does not know this device yet. The manufacturer may not have reported it yet: set the box aside. Sent again by itself: 18:30.",
			"Microsoft ne connaît pas encore cet appareil. Le fabricant ne l'a peut-être pas encore déclaré : carton en zone litige. Nouvel envoi automatique : 18 h 30.",
			"who.nobody",
		},
		"812 after the last try": {
			tried,
			"Microsoft does not know this device, even after 3 more tries. It is not sent again by itself. Set the box aside and ask the manufacturer or distributor whether they reported it to Microsoft. Or a supervisor has it sent by serial number, manufacturer and model: 5CG1, HP, 830 G9.",
			"Microsoft ne connaît pas cet appareil, même après 3 nouveaux essais. Plus d'envoi automatique. Carton en zone litige : demandez au fabricant ou au distributeur s'il l'a déclaré à Microsoft. Ou le responsable le fait envoyer par numéro de série, fabricant et modèle : 5CG1, HP, 830 G9.",
			"who.maker",
		},
		"812 after tries for another code": {
			other,
			"Microsoft does not know this device yet. Set the box aside and retry in a few days. If it stays, ask the manufacturer. Or a supervisor has it sent by serial number, manufacturer and model: 5CG1, HP, 830 G9.",
			"Microsoft ne connaît pas encore cet appareil. Carton en zone litige, renvoyez dans quelques jours. Si cela dure, demandez au fabricant. Ou le responsable le fait envoyer par numéro de série, fabricant et modèle : 5CG1, HP, 830 G9.",
			"who.maker",
		},
		"812 by tuple": {
			tuple,
			"Microsoft knows no device of this serial number, manufacturer and model either. It is not sent again by itself. Set the box aside and ask the manufacturer or distributor whether they reported it to Microsoft.",
			"Microsoft ne connaît pas non plus d'appareil avec ce numéro de série, ce fabricant et ce modèle. Plus d'envoi automatique. Carton en zone litige : demandez au fabricant ou au distributeur s'il l'a déclaré à Microsoft.",
			"who.maker",
		},
		"808 after a removal": {
			removed,
			"Microsoft still has it for the organisation that it was taken back from. This usually passes within a day: set the box aside. Sent again by itself: 15:00.",
			"Microsoft l'a encore pour l'organisation à qui l'inscription a été retirée. Cela se règle d'ordinaire en un jour : carton en zone litige. Nouvel envoi automatique : 15 h 00.",
			"who.nobody",
		},
		"808": {
			rejected("808"), "Registered by another organisation. Set the box aside and tell your supervisor.",
			"Déjà inscrit par une autre organisation. Carton en zone litige, prévenez le responsable.", "who.owner",
		},
		"640 waits": {
			storage, "Microsoft could not store it: a passing fault on their side. Sent again by itself: 14:05.",
			"Microsoft n'a pas pu le stocker : une panne passagère chez eux. Nouvel envoi automatique : 14 h 05.", "who.nobody",
		},
	} {
		for language, want := range map[string]string{"en": tt.en, "fr": tt.fr} {
			w := speak(t, language)
			a := w.Outcome(tt.entry, now)
			if got := strings.ReplaceAll(a.String(), "\u00a0", " "); got != want {
				t.Errorf("%s, %s:\ngot  %s\nwant %s", name, language, got, want)
			}
			if a.Who != w.Say(tt.who) {
				t.Errorf("%s: %s acts", name, a.Who)
			}
			if !strings.Contains(a.Copy, "errorCode "+string(tt.entry.Code)) || !strings.Contains(a.Copy, "batchTrackingId job-1") {
				t.Errorf("%s: to copy: %q", name, a.Copy)
			}
			if strings.Contains(a.Copy, "3305123456781") || !strings.Contains(a.Copy, "…6781") {
				t.Errorf("%s: of a PKID support gets its last digits: %q", name, a.Copy)
			}
		}
	}
}

// A device that no request may carry has no code: Microsoft's words stand alone.
func TestOutcomeOfWhatIsRefusedAlone(t *testing.T) {
	t.Parallel()
	e := rejected("")
	e.Reason, e.Answer = queue.Refused, "Invalid property."
	for language, want := range map[string]string{
		"en": "Partner Center refuses every request that has this device in it, and takes others for the same batch. Microsoft's words: Invalid property. " +
			"Compare the box's label with what was read. Then send it again, or discard the box and read it anew.",
		"fr": "L'Espace partenaires refuse toute demande où figure cet appareil, et en accepte d'autres pour le même lot. Réponse de Microsoft : Invalid property. " +
			"Comparez l'étiquette du carton avec ce qui a été lu. Puis renvoyez-le, ou écartez le carton et lisez-le de nouveau.",
	} {
		if got := strings.ReplaceAll(speak(t, language).Outcome(e, at(14, 0)).String(), "\u00a0", " "); got != want {
			t.Errorf("%s: %s", language, got)
		}
	}
}

// Of what was given up nobody says that Microsoft refused it, nor where else it
// may be than at Microsoft.
func TestOutcomeOfWhatWasGivenUp(t *testing.T) {
	t.Parallel()
	e := rejected("")
	e.Reason = queue.NoOutcome
	for language, want := range map[string][2]string{
		"en": {
			"Given up, no outcome",
			"Microsoft never said what became of it. The device may be registered all the same. Look it up on the Partner Center site first. " +
				"Then send it again (one that is there already then counts as registered), or discard the box.",
		},
		"fr": {
			"Classé sans résultat",
			"Microsoft n'a jamais dit ce qu'il est devenu. L'appareil est peut-être inscrit quand même. Cherchez-le d'abord sur le site de l'Espace partenaires. " +
				"Puis renvoyez-le (s'il y est déjà, il compte alors comme inscrit), ou écartez le carton.",
		},
	} {
		w := speak(t, language)
		got := [2]string{w.Standing(e), strings.ReplaceAll(w.Outcome(e, at(14, 0)).String(), "\u00a0", " ")}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", language, diff)
		}
		if refused := rejected("808"); w.Standing(refused) != w.State(queue.Rejected) {
			t.Errorf("refused: %q", w.Standing(refused))
		}
	}
}

func TestTooSoonToGiveUp(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		said := map[string]bool{}
		for _, e := range []queue.TooSoonError{{State: queue.Submitted}, {State: queue.Planned}, {State: queue.Planned, Until: at(9, 5)}} {
			e.Number = 41
			text := w.Error(fmt.Errorf("giving up: %w", &e))
			whole(t, "too soon", text)
			if said[text] || !strings.Contains(text, "41") || !e.Until.IsZero() && !strings.Contains(text, w.Clock(e.Until)) {
				t.Errorf("%+v: %q", e, text)
			}
			said[text] = true
		}
	}
}

// TestOutcomeOffersNoTupleInDoubt: what cannot be sent as a tuple is not said to
// be.
func TestOutcomeOffersNoTupleInDoubt(t *testing.T) {
	t.Parallel()
	w := speak(t, "en")
	unsure, incomplete := rejected("812"), rejected("812")
	unsure.Reads = []queue.Read{{Text: "5CG1", Unsure: true}}
	incomplete.Model = ""
	for _, e := range []queue.Entry{unsure, incomplete} {
		if a := w.Outcome(e, at(14, 0)); strings.Contains(a.Next, "serial number") {
			t.Errorf("it offers %q", a.Next)
		}
	}
	if a := w.Outcome(rejected("803"), at(14, 0)); !strings.Contains(a.Next, "5CG1, HP, 830 G9") {
		t.Errorf("it offers only %q", a.Next)
	}
}

func TestOutcomeOfAnUnknownCode(t *testing.T) {
	t.Parallel()
	e := rejected("4711\x1b[2J")
	e.Answer = "SomethingNew" + strings.Repeat("x", 1<<20)
	for _, w := range speakAll(t) {
		a := w.Outcome(e, at(14, 0))
		for _, text := range []string{a.What, a.Copy} {
			if !strings.Contains(text, `4711\x1b[2J`) || !strings.Contains(text, "SomethingNew") || len(text) > 700 {
				t.Errorf("got %.200q", text)
			}
		}
		if a.Who != w.Say("who.supervisor") {
			t.Errorf("%s acts", a.Who)
		}
	}
}

func TestOutcomeOfARegistration(t *testing.T) {
	t.Parallel()
	mark := func(r queue.Reason, p queue.Profile) queue.Entry {
		return queue.Entry{State: queue.Registered, Reason: r, Profile: p, Code: "806"}
	}
	failed := queue.Profile{ID: "p1", Name: "Kiosk", State: queue.ProfileFailed, Code: "809", TrackingID: "job-9"}
	for name, tt := range map[string]struct {
		entry  queue.Entry
		en, fr string
	}{
		"registered":    {mark("", queue.Profile{}), "Registered. Nothing to do.", "Inscrit. Rien à faire."},
		"already there": {mark(queue.AlreadyThere, queue.Profile{}), "not by us: group tag and profile are not applied", "mais pas par nous : balise de groupe et profil ne sont pas appliqués"},
		"by hand":       {mark(queue.ConfirmedByHand, queue.Profile{}), "The history says by whom", "L'historique dit par qui"},
		"by tuple":      {queue.Entry{State: queue.Registered, ByTuple: true}, "Sent by serial number, manufacturer and model", "Envoyé par numéro de série, fabricant et modèle"},
		"wanted":        {mark("", queue.Profile{ID: "p1", State: queue.ProfileWanted}), "Its profile p1 is still to be applied", "Son profil p1 reste à appliquer"},
		"applied":       {mark("", queue.Profile{ID: "p1", Name: "Kiosk", State: queue.ProfileApplied}), "It has the profile Kiosk", "Il a le profil Kiosk"},
		"failed":        {mark("", failed), "Choose another profile for this customer", "Choisissez un autre profil pour ce client"},
	} {
		for language, want := range map[string]string{"en": tt.en, "fr": tt.fr} {
			a := speak(t, language).Outcome(tt.entry, at(14, 0))
			whole(t, name, a.String())
			if got := strings.ReplaceAll(a.String(), "\u00a0", " "); !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in %q", name, want, got)
			}
		}
	}
	if a := speak(t, "en").Outcome(mark("", failed), at(14, 0)); !strings.Contains(a.Copy, "errorCode 809") || !strings.Contains(a.Copy, "job-9") {
		t.Errorf("to copy: %q", a.Copy)
	}
}

func TestEveryStateHasAnOutcome(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		for _, s := range queue.States() {
			a := w.Outcome(queue.Entry{State: s, Reason: queue.NoPKID, RetryAt: at(16, 0)}, at(14, 0))
			whole(t, string(s), a.What)
			whole(t, string(s), a.Next)
			whole(t, string(s), a.Who)
		}
		if a := w.Outcome(queue.Entry{State: "sold\n"}, at(14, 0)); a.String() != `sold\n` {
			t.Errorf("an unknown state says %q", a)
		}
	}
}

// TestRemovalSaysWhoMustAct: whatever a removal waits for, it says why and what
// ends it.
func TestRemovalSaysWhoMustAct(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		said := map[string]queue.Reason{}
		for _, note := range []queue.Reason{
			queue.SignIn, queue.NeedsMFA, queue.WrongRole, queue.NoRelationship, queue.OtherParty, queue.StillThere, queue.NotListed,
			queue.OnTheSite, queue.Refused, queue.Conflict, queue.RegisteredAnew,
		} {
			why := w.Reason(note)
			if note == queue.Refused || note == queue.Conflict { // the queue's word is of a batch, and of a box
				why = w.Say("removal." + string(note) + ".what")
			}
			a := w.Removal(queue.Removal{State: queue.RemovalPlanned, Note: note, Person: true, Code: "811", RequestID: "r-1", Due: at(16, 0)}, at(14, 0))
			whole(t, string(note), a.String())
			for _, want := range []string{why, w.Say("removal." + string(note) + ".next"), w.Clock(at(16, 0))} {
				if !strings.Contains(a.String(), want) {
					t.Errorf("%s: %q is not in %q", note, want, a)
				}
			}
			if other, ok := said[a.String()]; ok {
				t.Errorf("%s and %s say the same", note, other)
			}
			said[a.String()] = note
			if !strings.Contains(a.Copy, "MS-RequestId r-1") {
				t.Errorf("to copy: %q", a.Copy)
			}
		}
		site := w.Removal(queue.Removal{State: queue.RemovalPlanned, Note: queue.OnTheSite, Person: true, OnSite: true, RequestID: "r-1"}, at(14, 0))
		if site.Copy != "" {
			t.Errorf("on the site there is nothing for support: %q", site.Copy)
		}
		for _, r := range []queue.Removal{
			{State: queue.RemovalPlanned},
			{State: queue.RemovalAsked},
			{State: queue.RemovalDone},
			{State: queue.RemovalPlanned, Code: "811"},
			{State: queue.RemovalPlanned, Note: queue.Offline},
			{State: queue.RemovalPlanned, Note: "new", Person: true},
		} {
			whole(t, string(r.State), w.Removal(r, time.Time{}).String())
		}
	}
}

func TestEveryMarkIsCounted(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		all := w.Marks(queue.Marks{AlreadyThere: 1, ByHand: 2, Retrying: 3, ProfileWanted: 4, ProfileSent: 5})
		if len(all) != 4 {
			t.Fatalf("%q", all)
		}
		for i, n := range []string{"1", "2", "3", "9"} {
			whole(t, n, all[i])
			if !strings.HasPrefix(all[i], n) {
				t.Errorf("%q does not count %s", all[i], n)
			}
		}
		if none := w.Marks(queue.Marks{}); none != nil {
			t.Errorf("nothing to say: %q", none)
		}
	}
}
