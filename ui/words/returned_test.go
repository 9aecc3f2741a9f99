package words_test

import (
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/ui/words"
)

// TestReturnedFromAList: of a device that nobody scanned it is not said that somebody
// did.
func TestReturnedFromAList(t *testing.T) {
	t.Parallel()
	for _, l := range words.Languages() {
		w, err := words.New(l.Tag)
		if err != nil {
			t.Fatal(err)
		}
		scanned := w.Say("returned.scanned", "Read", "")
		for _, s := range queue.States() {
			e := queue.Entry{State: s, Number: 3, CapturedAt: at(9, 5), ByList: queue.ListedDevice}
			if got := w.Returned(e, time.Time{}).String(); strings.Contains(got, strings.TrimSpace(scanned)) {
				t.Errorf("%s %s: %s", l.Tag, s, got)
			}
			e.Reads = []queue.Read{{}}
			if got := w.Returned(e, time.Time{}).String(); strings.Contains(got, "<no value>") || strings.Contains(got, "{{") {
				t.Errorf("%s %s: %s", l.Tag, s, got)
			}
		}
	}
}
