package queue_test

import (
	"errors"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

func TestRetryDue(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 1)
	if next, err := p.q.NextRetry(t.Context()); err != nil || !next.IsZero() {
		t.Errorf("of nothing: %v, %v", next, err)
	}
	at := time.Now().Add(24 * time.Hour).Round(0)
	p.settled(queue.Outcome{Code: "812", RetryAt: at})
	if next, err := p.q.NextRetry(t.Context()); err != nil || !next.Equal(at) {
		t.Errorf("next: %v, %v", next, err)
	}
	for _, early := range []time.Time{at.Add(-time.Hour), at.Add(-1)} {
		if sent, err := p.q.RetryDue(t.Context(), early); err != nil || sent != 0 {
			t.Errorf("too early: %d, %v", sent, err)
		}
	}
	if sent, err := p.q.RetryDue(t.Context(), at); err != nil || sent != 1 {
		t.Errorf("in time: %d, %v", sent, err)
	}
	if e := p.entry(p.ids[0]); e.State != queue.Ready || e.Tries != 1 || !e.RetryAt.IsZero() || e.Plan != "" {
		t.Errorf("sent again: %+v", e)
	}
	if next, err := p.q.NextRetry(t.Context()); err != nil || !next.IsZero() {
		t.Errorf("it is over: %v, %v", next, err)
	}
	p.settled(queue.Outcome{Registered: true, RetryAt: at})
	if e := p.entry(p.ids[0]); !e.RetryAt.IsZero() || e.Tries != 1 {
		t.Errorf("registered: %+v", e)
	}
}

// Tries count the retries for one code: another code, or a person, begins anew.
func TestTriesCountOneCode(t *testing.T) {
	t.Parallel()
	p := identified(t, queue.Part{Serial: "S1", Maker: "HP", Model: "M"})
	due := time.Now().Add(time.Hour).Round(0)
	again := func() {
		p.Helper()
		if sent, err := p.q.RetryDue(t.Context(), due); err != nil || sent != 1 {
			t.Fatalf("sent again: %d, %v", sent, err)
		}
	}
	refused := func(code autopilot.Code, want int) {
		p.Helper()
		p.settled(queue.Outcome{Code: code, RetryAt: due})
		if got := p.entry(p.ids[0]).Tries; got != want {
			t.Errorf("refused with %s: %d tries, want %d", code, got, want)
		}
	}
	refused("640", 0)
	again()
	refused("640", 1)
	again()
	refused("812", 0)
	again()
	refused("812", 1)
	p.must(p.q.Retry(t.Context(), p.ids, queue.Act{By: "Léa"}))
	refused("812", 0)
	again()
	refused("812", 1)
	p.must(p.q.RetryByTuple(t.Context(), p.ids, queue.Act{By: "Léa", Reason: "seen"}))
	refused("812", 0)
}

// A record of a station version that counted all codes together counts for any.
func TestTriesGolden(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 8, 30, 0, 0, time.UTC)
	golden(t, "entry_tries", queue.Entry{ID: "e", Seq: 1, State: queue.Rejected, Code: "812", RetryAt: at, Tries: 2})
	golden(t, "entry_tries_code", queue.Entry{ID: "e", Seq: 1, State: queue.Rejected, Code: "812", RetryAt: at, Tries: 2, TriesCode: "812"})
	for _, c := range []struct {
		counted, asked autopilot.Code
		want           int
	}{{"", "640", 2}, {"640", "640", 2}, {"640", "812", 0}} {
		if got := (queue.Entry{Tries: 2, TriesCode: c.counted}).TriesFor(c.asked); got != c.want {
			t.Errorf("2 tries of %q are %d for %q, want %d", c.counted, got, c.asked, c.want)
		}
	}
}

// identified has one box that was read with its PKID and a part.
func identified(t *testing.T, part queue.Part) planner {
	t.Helper()
	return identifiedIn(t, open(t), part)
}

func identifiedIn(t *testing.T, q *queue.Queue, part queue.Part) planner {
	t.Helper()
	p := planner{T: t, q: q}
	r, err := p.q.OpenReception(t.Context(), standard(), "Ana")
	p.must(err)
	v, err := p.q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: queuetest.PKID(1), By: "Ana"})
	p.must(err)
	p.ids = []string{v.Entry.ID}
	part.Reception, part.Into, part.By = r.ID, v.Entry.ID, "Ana"
	_, err = p.q.Attach(t.Context(), part)
	p.must(err)
	return p
}

func TestRetryByTuple(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		code  autopilot.Code
		part  queue.Part
		taken bool
	}{
		"unknown to Microsoft": {"812", queue.Part{Serial: "S1", Maker: "HP", Model: "M"}, true},
		"not taken for a PKID": {"803", queue.Part{Serial: "S1", Maker: "HP", Model: "M"}, true},
		"somebody else's":      {"808", queue.Part{Serial: "S1", Maker: "HP", Model: "M"}, false},
		"without a model":      {"812", queue.Part{Serial: "S1", Maker: "HP"}, false},
		"letters not sure":     {"812", queue.Part{Serial: "S1", Maker: "HP", Model: "M", Read: queue.Read{Unsure: true}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := identified(t, tt.part)
			if e := p.entry(p.ids[0]); e.CanGoByTuple() {
				t.Error("before it was refused")
			}
			p.settled(queue.Outcome{Code: tt.code, RetryAt: time.Now()})
			e := p.entry(p.ids[0])
			err := p.q.RetryByTuple(t.Context(), p.ids, queue.Act{By: "Léa", Reason: "seen"})
			if e.CanGoByTuple() != tt.taken || (err == nil) != tt.taken || err != nil && !errors.Is(err, queue.ErrNoTuple) {
				t.Fatalf("can go %v, went %v", e.CanGoByTuple(), err)
			}
			if e = p.entry(p.ids[0]); !tt.taken {
				if e.State != queue.Rejected || e.ByTuple {
					t.Errorf("refused: %+v", e)
				}
				return
			}
			if e.State != queue.Ready || !e.ByTuple || !e.RetryAt.IsZero() || e.ToSend() != (autopilot.Device{Serial: "S1", Manufacturer: "HP", Model: "M"}) {
				t.Errorf("went: %+v", e)
			}
			if made := p.plan(); made.Devices[0].PKID != "" || !made.Again {
				t.Errorf("planned: %+v", made)
			}
		})
	}
}

// TestARetryAheadOfAnyIsDue: a time that a clock which was a month ahead wrote down
// is nobody's.
func TestARetryAheadOfAnyIsDue(t *testing.T) {
	t.Parallel()
	d, _ := clocked(t)
	ids := queuetest.Fill(t, d.q, standard(), 1, 2)
	p := planner{t, d.q, ids[:1]}
	p.settled(queue.Outcome{Code: "812", RetryAt: noon().AddDate(0, 0, 7)})
	planner{t, d.q, ids[1:]}.settled(queue.Outcome{Code: "812", RetryAt: noon().AddDate(0, 1, 1)})
	sent, err := d.q.RetryDue(t.Context(), noon())
	p.must(err)
	if first, second := p.entry(ids[0]), p.entry(ids[1]); sent != 1 || first.State != queue.Rejected || second.State != queue.Ready {
		t.Errorf("%d went: %s, %s", sent, first.State, second.State)
	}
}
