package words_test

import (
	"testing"

	"pkidstation/queue"
	"pkidstation/scanner/label"
)

// TestLookAlikesHaveWords: what is nearly a PKID or a serial is called by its
// name, refused or passed over.
func TestLookAlikesHaveWords(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		unknown := w.Verdict(queue.Verdict{Word: queue.NotTaken, Kind: string(label.Other), Reason: queue.UnknownCode})
		other := w.Verdict(queue.Verdict{Word: queue.Ignored, Kind: string(label.Other), Reason: queue.NoIdentity})
		for reason, word := range map[label.Reason]queue.Word{
			label.PCID: queue.NotTaken, label.HardwareHash: queue.NotTaken, label.ExpressCode: queue.Ignored, label.SNID: queue.Ignored,
			label.LayoutOpen: queue.OnHold,
		} {
			said := w.Reason(queue.Reason(reason))
			whole(t, string(reason), said)
			if said == string(reason) {
				t.Errorf("reason %s has no words", reason)
			}
			got := w.Verdict(queue.Verdict{Word: word, Kind: string(label.Other), Reason: queue.Reason(reason)})
			if got.What == unknown.What || got.What == other.What {
				t.Errorf("%s: %s", reason, got)
			}
		}
	}
}
