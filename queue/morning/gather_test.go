package morning_test

import (
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/morning"
	"pkidstation/queue/queuetest"
)

const (
	contoso  autopilot.TenantID = "11111111-1111-4111-8111-111111111111"
	fabrikam autopilot.TenantID = "22222222-2222-4222-8222-222222222222"
)

// A dock is a queue whose clock is moved by hand.
type dock struct {
	*testing.T

	*queue.Queue

	now time.Time
}

// newDock is a dock at eight in the morning of 24 November.
func newDock(t *testing.T) *dock {
	t.Helper()
	d := &dock{T: t, now: time.Date(2026, 11, 24, 8, 0, 0, 0, paris(t))}
	q, err := queue.Open(t.TempDir(), queue.Options{Station: "Quai 2", Now: func() time.Time { return d.now }})
	if err != nil {
		t.Fatal(err)
	}
	d.Queue = q
	t.Cleanup(func() {
		queuetest.Check(t, q)
		_ = q.Close() // it was looked at
	})
	return d
}

func paris(tb testing.TB) *time.Location {
	tb.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		tb.Fatal(err)
	}
	return zone
}

func (d *dock) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// at has the clock at a time of a day of November.
func (d *dock) at(day, hour, minute int) *dock {
	d.now = time.Date(2026, 11, day, hour, minute, 0, 0, d.now.Location())
	return d
}

// fill captures boxes for a customer's order and closes the reception.
func (d *dock) fill(customer autopilot.TenantID, order string, first, n int) []string {
	d.Helper()
	return queuetest.Fill(d.T, d.Queue, queue.Work{Customer: customer, GroupTag: "STD", Order: order}, first, n)
}

// settle sends boxes and has all answered in the same way.
func (d *dock) settle(customer autopilot.TenantID, ids []string, answer queue.Outcome) {
	d.Helper()
	plan, err := d.Plan(d.Context(), customer, "STD", ids)
	d.must(err)
	_, err = d.Attempt(d.Context(), plan.ID, queue.Attempt{RequestID: "r"})
	d.must(err)
	var all []queue.Outcome
	for _, id := range ids {
		answer.Entry = id
		all = append(all, answer)
	}
	_, err = d.Settle(d.Context(), plan.ID, all)
	d.must(err)
}

func (d *dock) look() morning.Morning {
	d.Helper()
	m, err := morning.Gather(d.Context(), d.Queue, morning.About{Station: "Quai 2", Now: d.now})
	d.must(err)
	return m
}

// TestQuietMorning: of an empty station there is nothing to tell.
func TestQuietMorning(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	got := d.look()
	want := morning.Morning{Station: "Quai 2", At: d.now, Hours: got.Hours}
	want.Since = d.at(23, 0, 0).now
	if diff := cmp.Diff(want, got); diff != "" || len(got.Hours) != morning.ChartHours {
		t.Errorf("%d hours, (-want +got):\n%s", len(got.Hours), diff)
	}
}

// TestMorning has a bit of everything.
func TestMorning(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	d.at(20, 9, 0)
	d.settle(contoso, d.fill(contoso, "BL-1", 0, 2), queue.Outcome{Code: autopilot.CodeUnknownDevice})
	d.at(22, 10, 30)
	d.settle(contoso, d.fill(contoso, "BL-2", 10, 3), queue.Outcome{Registered: true})
	d.at(23, 7, 59) // yesterday, before the chart begins
	d.fill(fabrikam, "BL-3", 20, 4)
	d.at(23, 16, 20)
	d.settle(contoso, d.fill(contoso, "BL-4", 30, 5), queue.Outcome{Code: autopilot.CodeOtherTenant})
	r, err := d.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "STD", Order: "BL-5"}, "Ana")
	d.must(err)
	d.must(d.SetCustomer(t.Context(), queue.CustomerSetting{ID: fabrikam, Relationship: autopilot.RelationshipNone}, queue.Act{By: "Ana"}))
	d.must(d.SetPause(t.Context(), queue.Pause{Reason: queue.Offline}))
	d.must(d.Exported(t.Context(), d.fill(contoso, "BL-6", 40, 2), "STD", queue.Act{By: "Ana"}))
	d.at(24, 7, 15)
	for n := range 3 {
		_, err := d.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: queuetest.PKID(50 + n), By: "Ana", Hold: queue.ByPerson})
		d.must(err)
	}
	d.at(24, 8, 0)
	m := d.look()

	if m.Refused.Count != 5 || m.Refused.Before != 2 || len(m.Refused.Entries) != 5 || m.Refused.Entries[0].Operator != "" {
		t.Errorf("refused: %+v", m.Refused)
	}
	if diff := cmp.Diff([]morning.Failure{{Code: autopilot.CodeOtherTenant, Count: 5}, {Code: autopilot.CodeUnknownDevice, Count: 2}}, m.Failures); diff != "" {
		t.Errorf("failures: %s", diff)
	}
	if want := (morning.Unsent{Count: 7, Oldest: d.at(23, 7, 59).now, Ages: [6]int{3, 0, 0, 4}}); !m.Unsent.Oldest.Equal(want.Oldest) || m.Unsent.Ages != want.Ages || m.Unsent.Count != want.Count {
		t.Errorf("unsent: %+v", m.Unsent)
	}
	if !m.Link.Contact.Equal(d.at(23, 16, 20).now) {
		t.Errorf("the last answer was at %v", m.Link.Contact)
	}
	if diff := cmp.Diff([]morning.Blocked{{queue.ByPerson, 3}}, m.Held); diff != "" {
		t.Errorf("held: %s", diff)
	}
	if len(m.Pauses) != 1 || m.Pauses[0].Reason != queue.Offline || m.Pauses[0].Count != 4 {
		t.Errorf("pauses: %+v", m.Pauses)
	}
	if diff := cmp.Diff([]morning.Stranger{{fabrikam, 4}}, m.Strangers); diff != "" {
		t.Errorf("strangers: %s", diff)
	}
	if len(m.Exported) != 1 || m.Exported[0].Count != 2 || !m.Exported[0].Since.Equal(d.at(23, 16, 20).now) {
		t.Errorf("exported: %+v", m.Exported)
	}
	if len(m.Receptions) != 1 || m.Receptions[0].ID != r.ID || m.Receptions[0].OpenedBy != "" || m.Receptions[0].OpenedByNumber != 0 {
		t.Errorf("receptions: %+v", m.Receptions)
	}
	var staying []string
	for _, o := range m.Orders.Staying {
		staying = append(staying, o.Order)
	}
	if diff := cmp.Diff([]string{"BL-4", "BL-5", "BL-6", "BL-3", "BL-1"}, staying); diff != "" || m.Orders.Leaving != 1 {
		t.Errorf("orders %+v: %s", m.Orders, diff)
	}
	for _, o := range m.Orders.Staying {
		if o.Order == "BL-4" && (o.Refused != 5 || o.Due != 5 || o.Registered != 0) || o.Order == "BL-5" && o.Held != 3 {
			t.Errorf("order %+v", o)
		}
	}
	captured, registered := 0, 0
	for _, h := range m.Hours {
		captured, registered = captured+h.Captured, registered+h.Registered
	}
	if captured != 10 || registered != 0 || m.Hours[22].Captured != 3 || m.Hours[7].Captured != 7 {
		t.Errorf("%d captured, %d registered: %v", captured, registered, m.Hours)
	}
}

// A told dock's audit has other lines.
type told struct {
	*queue.Queue

	lines []queue.AuditLine
}

func (b told) Lately(context.Context, time.Time) iter.Seq2[queue.AuditLine, error] {
	return func(yield func(queue.AuditLine, error) bool) {
		for _, l := range b.lines {
			if !yield(l, nil) {
				return
			}
		}
	}
}

// TestOnlyWhatWasCapturedHereCountsAsThat: not what another station handed over, and not
// what is registered from a list alone.
func TestOnlyWhatWasCapturedHereCountsAsThat(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	books := told{Queue: d.Queue}
	for n, action := range []queue.Action{queue.ActionCapture, queue.ActionTakeIn, queue.ActionUnscanned} {
		books.lines = append(books.lines, queue.AuditLine{At: d.now, Action: action, Entry: string(rune('a' + n)), To: queue.Ready})
	}
	m, err := morning.Gather(t.Context(), books, morning.About{Now: d.now})
	d.must(err)
	if got := m.Hours[len(m.Hours)-1].Captured; got != 1 {
		t.Errorf("%d captured, want the one that was", got)
	}
}

// TestWhatHoldsNothingUpIsNotTold: a customer's pause that has no box to wait for it.
func TestWhatHoldsNothingUpIsNotTold(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	d.must(d.SetPause(t.Context(), queue.Pause{Customer: fabrikam, Reason: queue.NoRelationship}))
	if m := d.look(); len(m.Strangers)+len(m.Pauses) != 0 {
		t.Errorf("strangers %v, pauses %v", m.Strangers, m.Pauses)
	}
}

// TestRetriedIsNotRefused: what was sent again since is under way, and what was
// refused again counts once.
func TestRetriedIsNotRefused(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	d.at(23, 12, 0)
	ids := d.fill(contoso, "BL-1", 0, 3)
	refused := queue.Outcome{Code: autopilot.CodeStorage}
	d.settle(contoso, ids, refused)
	d.must(d.Retry(t.Context(), ids[1:], queue.Act{By: "Ana"}))
	d.at(23, 13, 0).settle(contoso, ids[2:], refused)
	d.at(24, 8, 0)
	m := d.look()
	if m.Refused.Count != 2 || m.Refused.Before != 0 || m.Refused.Entries[0].ID != ids[2] || m.Unsent.Count != 1 || m.Failures[0].Count != 2 {
		t.Errorf("refused %+v, unsent %+v, failures %v", m.Refused, m.Unsent, m.Failures)
	}
}

// TestOnlyTheNewestAreTold one by one; all are counted.
func TestOnlyTheNewestAreTold(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	for n := range 12 {
		d.at(23, 10+n, 0)
		d.settle(contoso, d.fill(contoso, "BL-"+string(rune('A'+n)), 10*n, 4), queue.Outcome{Code: autopilot.CodeStorage})
	}
	d.at(24, 8, 0)
	m := d.look()
	if m.Refused.Count != 48 || len(m.Refused.Entries) != 8 || m.Refused.Entries[0].Order != "BL-L" || m.Refused.Entries[7].Order != "BL-K" {
		t.Errorf("refused: %d, %+v", m.Refused.Count, m.Refused.Entries)
	}
	if len(m.Orders.Staying) != 8 || m.Orders.More != 4 || m.Orders.Staying[0].Order != "BL-L" {
		t.Errorf("orders: %+v", m.Orders)
	}
}

// TestYesterdayIsACalendarDay, also where the clocks are changed.
func TestYesterdayIsACalendarDay(t *testing.T) {
	t.Parallel()
	zone := paris(t)
	for _, tt := range []struct {
		now  time.Time
		long time.Duration
	}{
		{time.Date(2026, 11, 24, 0, 0, 0, 0, zone), 24 * time.Hour},
		{time.Date(2026, 3, 30, 8, 0, 0, 0, zone), 31 * time.Hour},  // 29 March has 23 hours
		{time.Date(2026, 3, 29, 8, 0, 0, 0, zone), 31 * time.Hour},  // … and is not over
		{time.Date(2026, 10, 26, 8, 0, 0, 0, zone), 33 * time.Hour}, // 25 October has 25
		{time.Date(2026, 1, 1, 8, 0, 0, 0, zone), 32 * time.Hour},
	} {
		since := morning.Yesterday(tt.now)
		if since.Hour() != 0 || tt.now.Sub(since) != tt.long {
			t.Errorf("%v: since %v, %v", tt.now, since, tt.now.Sub(since))
		}
	}
}

// TestHoursPassed: in the night in which the clocks are set back the chart has the
// hour between two and three twice.
func TestHoursPassed(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	d.now = time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)
	d.fill(contoso, "BL-1", 0, 1)
	d.now = d.now.Add(time.Hour)
	d.fill(contoso, "BL-2", 10, 2)
	d.now = time.Date(2026, 10, 25, 8, 10, 0, 0, paris(t))
	m := d.look()
	last := m.Hours[len(m.Hours)-1].From
	if last.Hour() != 8 || last.Minute() != 0 {
		t.Errorf("the last hour begins at %v", last)
	}
	var got []int
	for _, h := range m.Hours {
		if h.From.Hour() == 2 {
			got = append(got, h.Captured)
		}
	}
	if diff := cmp.Diff([]int{1, 2}, got); diff != "" {
		t.Error(diff)
	}
}

// TestCancelled: whoever leaves the page ends the looking.
func TestCancelled(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	d.fill(contoso, "BL-1", 0, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := morning.Gather(ctx, d.Queue, morning.About{Now: d.now}); !errors.Is(err, context.Canceled) {
		t.Errorf("it says %v", err)
	}
}
