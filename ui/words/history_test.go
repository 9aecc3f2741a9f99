package words_test

import (
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/words"
)

// TestNotesAreWordsInTheLanguage: what the queue itself writes into the audit, which is
// English there for good.
func TestNotesAreWordsInTheLanguage(t *testing.T) {
	for _, c := range []struct {
		action         queue.Action
		note, want, fr string
	}{
		{queue.ActionAsk, "attempt 2, request 0a1b", "Attempt 2, request 0a1b", "Essai n° 2, demande 0a1b"},
		{queue.ActionAttach, "the box was here already: e7", "The box was here already (entry e7).", "Le carton était déjà là (entrée e7)."},
		{queue.ActionAttach, "hardware hash no label", "Hardware hash given. · no label", "Hachage matériel ajouté. · no label"},
		{queue.ActionAttach, "handover h1", "By handover h1.", "Par la passation h1."},
		{queue.ActionTakeIn, "handover h1, box 3 of station c9 Quai 2", "Handover h1, box 3 of station c9. · Quai 2", "Passation h1, carton 3 du poste c9. · Quai 2"},
		{queue.ActionHandOut, "handover h1 to station c9 le PC est remplacé", "Handover h1 to station c9. · le PC est remplacé", "Passation h1 vers le poste c9. · le PC est remplacé"},
		{queue.ActionRestore, "handover h1, after the backup was made", "Handover h1, after the backup was made.", "Passation h1, postérieure à la sauvegarde."},
		{queue.ActionSubmit, "found at Partner Center", "Found at Partner Center.", "Trouvé dans l'Espace partenaires."},
		{queue.ActionSubmit, "refused before it was taken", "Refused before it was taken.", "Refusé avant d'être pris."},
		{queue.ActionOutcome, "listed in PKID 1 after all", "Found after all in batch PKID 1.", "Finalement trouvé dans le lot PKID 1."},
		{queue.ActionRetry, "another entry stands for its PKID", "Not sent: another box stands for its PKID.", "Non envoyé : un autre carton porte ce PKID."},
		{queue.ActionAnnounce, "list 4", "Supplier's list 4.", "Liste du fournisseur n° 4."},
		{queue.ActionUnscanned, "list 4, row 17 étiquette illisible", "Supplier's list 4, row 17. · étiquette illisible", "Liste du fournisseur n° 4, ligne 17. · étiquette illisible"},
		{queue.ActionAssign, "to entry e8 of c1: wrong", "To Contoso, as a new entry (e8). · wrong", "À Contoso, comme nouvelle entrée (e8). · wrong"},
		{queue.ActionAssign, "from box 12 of c1: wrong", "Was box 12 of Contoso. · wrong", "Était le carton 12 de Contoso. · wrong"},
		{queue.ActionRelease, "attempt 2, request x", "attempt 2, request x", "attempt 2, request x"}, // a person's own words
		{queue.ActionDiscard, "", "", ""},
	} {
		for language, want := range map[string]string{"en": c.want, "fr": c.fr} {
			spoken, err := words.New(language)
			if err != nil {
				t.Fatal(err)
			}
			spoken = spoken.Naming(func(id autopilot.TenantID) string { return map[autopilot.TenantID]string{"c1": "Contoso"}[id] })
			got := strings.ReplaceAll(spoken.Note(queue.AuditLine{Action: c.action, Note: c.note}), "\u00a0", " ")
			if got != want {
				t.Errorf("%s, %s: %q is told as %q, want %q", language, c.action, c.note, got, want)
			}
		}
	}
}

// TestNoteTellsMicrosoftsCode by what it means, with Microsoft's own words behind it.
func TestNoteTellsMicrosoftsCode(t *testing.T) {
	spoken, err := words.New("fr")
	if err != nil {
		t.Fatal(err)
	}
	for action, note := range map[queue.Action]string{
		queue.ActionOutcome: "808 ZtdDeviceAssignedToOtherTenant", queue.ActionSettle: "808 vu sur le site", queue.ActionProfile: "failed 808 no",
	} {
		_, rest, _ := strings.Cut(strings.TrimPrefix(note, "failed "), " ")
		got := spoken.Note(queue.AuditLine{Action: action, Note: note})
		if what := spoken.Code(autopilot.CodeOtherTenant, "").What; !strings.Contains(got, what) || !strings.Contains(got, "808") || !strings.HasSuffix(got, rest) {
			t.Errorf("%s: %q is told as %q", action, note, got)
		}
	}
	if got := spoken.Note(queue.AuditLine{Action: queue.ActionOutcome, Note: "\u202eabc\x07"}); strings.ContainsAny(got, "\u202e\x07") {
		t.Errorf("control characters are shown: %q", got)
	}
}

// TestHappenedKnowsEveryAction of an entry's history.
func TestHappenedKnowsEveryAction(t *testing.T) {
	spoken, err := words.New("fr")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []queue.Action{
		queue.ActionCapture, queue.ActionAttach, queue.ActionConfirmCustomer, queue.ActionByList, queue.ActionUnscanned, queue.ActionArrived,
		queue.ActionHandOut, queue.ActionTakeIn, queue.ActionRestore, queue.ActionAsk, queue.ActionRemoved, queue.ActionAnnounce, queue.ActionGiveUp,
	} {
		if got := spoken.Happened(a); got == "" || got == string(a) {
			t.Errorf("%s has no words: %q", a, got)
		}
	}
}
