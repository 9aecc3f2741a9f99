package words_test

import (
	"strings"
	"testing"

	"pkidstation/queue"
)

// TestRecovery: what was put right is said, with what it means and what to do.
func TestRecovery(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		r      queue.Recovery
		en, fr string
	}{
		{queue.Recovery{}, "", ""},
		{
			queue.Recovery{Rebuilt: true, Aside: "/data/queue.db.damaged-20261128-101500"},
			"The queue's index was damaged and was made anew from the journal. The damaged file is kept as queue.db.damaged-20261128-101500. " +
				"Everything that was accepted is there: go on working.",
			"L'index de la file était endommagé ; il a été refait à partir du journal. Le fichier endommagé est conservé sous le nom queue.db.damaged-20261128-101500. " +
				"Tout ce qui a été accepté est là : continuez à travailler.",
		},
		{
			queue.Recovery{Rebuilt: true, Missing: 2},
			"The queue's index was damaged and was made anew from the journal. 2 changes in the journal cannot be read. " +
				"Read the latest boxes again (what is here is not taken twice), and tell support.",
			"L'index de la file était endommagé ; il a été refait à partir du journal. 2 changements du journal sont illisibles. " +
				"Relisez les derniers cartons (rien n'est pris deux fois) et prévenez le support.",
		},
		{
			queue.Recovery{Rebased: true, Missing: 3},
			"The journal was damaged, and the index still had everything: the journal was begun anew. Have the disk checked.",
			"Le journal était endommagé, mais l'index avait encore tout : le journal a été recommencé. Faites vérifier le disque.",
		},
		{
			queue.Recovery{Torn: true},
			"The last write was cut off, perhaps by a power cut, before anything was accepted. If the last box gave no tone, read it again.",
			"La dernière écriture a été coupée, peut-être par une panne de courant, avant toute acceptation. Si le dernier carton n'a pas fait de son, relisez-le.",
		},
	} {
		for language, want := range map[string]string{"en": c.en, "fr": c.fr} {
			if got := strings.ReplaceAll(speak(t, language).Recovery(c.r), "\u00a0", " "); got != want {
				t.Errorf("%s, %+v:\n%s\n%s", language, c.r, got, want)
			}
		}
	}
}
