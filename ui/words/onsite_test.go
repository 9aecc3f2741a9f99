package words_test

import (
	"strings"
	"testing"

	"pkidstation/queue"
)

// TestOnSiteAfterARefusal: what Microsoft said still tells who must act.
func TestOnSiteAfterARefusal(t *testing.T) {
	t.Parallel()
	w := speak(t, "en")
	r := queue.Removal{State: queue.RemovalPlanned, OnSite: true, Person: true, Note: queue.OnTheSite}
	plain := w.Removal(r, at(14, 0))
	r.Code = "811"
	if a := w.Removal(r, at(14, 0)); a.Who == plain.Who || !strings.Contains(a.What, w.Code("811", "").What) {
		t.Errorf("%+v", a)
	}
}
