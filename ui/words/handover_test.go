package words_test

import (
	"strings"
	"testing"

	"pkidstation/queue"
)

// TestEveryHandoverFaultHasWords: each says something else, and where.
func TestEveryHandoverFaultHasWords(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		said := map[string]queue.HandoverFault{}
		for _, fault := range constants[queue.HandoverFault](t, "../../queue", "HandoverFault") {
			text := w.Error(&queue.HandoverError{Fault: fault, Place: "entries.3.pkid", Station: "ABCD-EFGH-JKMN"})
			whole(t, string(fault), text)
			if other, twice := said[text]; twice {
				t.Errorf("%s and %s say the same", fault, other)
			}
			if said[text] = fault; !strings.Contains(text, "entries.3.pkid") {
				t.Errorf("%s does not say where: %s", fault, text)
			}
		}
	}
	got := speak(t, "en").Error(&queue.HandoverError{Fault: queue.FaultStation, Station: "ABCD-EFGH-JKMN"})
	if want := "Not done: this file is for another station, ABCD-EFGH-JKMN. Take it there; no other takes it in, so that no box is sent twice."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
