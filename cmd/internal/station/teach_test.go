package station_test

import (
	"errors"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
	"pkidstation/scanner/label"
)

// TestTeach: a code that was refused is known once it was taught, also after a
// restart, and beside the rules of station.toml.
func TestTeach(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	const code = "ZX-000123456789"
	if said := take(t, s, scanOf(code)); said[0] != "refused unknown" {
		t.Errorf("before: %v", said)
	}
	if err := s.Teach(t.Context(), "serial", "ZX-", len(code), true, queue.Act{}); err != nil {
		t.Fatal(err)
	}
	if said := take(t, s, scanOf(code)); said[0] != "attached" {
		t.Errorf("after: %v", said)
	}
	again := newStation(t, q, true)
	if err := again.KnowLabels(t.Context(), []string{`model: "MOD-" 4 digits`}); err != nil {
		t.Fatal(err)
	}
	if said := take(t, again, scanOf(code), scanOf("MOD-1234")); said[0] != "seen held" || said[1] != "attached" {
		t.Errorf("after a restart: %v", said)
	}
	if err := again.KnowLabels(t.Context(), []string{"nonsense"}); err == nil {
		t.Error("nonsense is a rule")
	}
	var wrong *label.RuleError
	if err := s.Teach(t.Context(), "gtin", "X", 5, true, queue.Act{}); !errors.As(err, &wrong) {
		t.Errorf("a kind that cannot be taught: %v", err)
	}
}

// TestPartFirst: a part number that was read before anything else of its box is
// kept with it, as it was read.
func TestPartFirst(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	take(t, newStation(t, q, true), scanOf("1AB23EA#ABF"), scanOf("P1"), scanOf("S1"))
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil || e.Part != "1AB23EA#ABF" || len(e.Reads) != 3 || e.Reads[1].Text != e.Part {
			t.Errorf("kept %+v, %v", e, err)
		}
	}
}
