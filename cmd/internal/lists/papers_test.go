package lists_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pkidstation/cmd/internal/lists"
	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
	"pkidstation/queue/export/leave"
	"pkidstation/queue/export/report"
	"pkidstation/queue/queuetest"
	"pkidstation/ui/words"
)

// A dock is a queue and who works at it.
type dock struct {
	*testing.T

	q *queue.Queue
	w *words.Words
}

func newDock(t *testing.T) dock {
	t.Helper()
	w, err := vocabulary.New("en")
	if err != nil {
		t.Fatal(err)
	}
	return dock{t, queuetest.Open(t), w}
}

func (d dock) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d dock) room(customer autopilot.TenantID, tag autopilot.GroupTag, order string) string {
	d.Helper()
	r, err := d.q.OpenReception(d.Context(), queue.Work{Customer: customer, GroupTag: tag, Order: order}, "Ana")
	d.must(err)
	return r.ID
}

func (d dock) scan(room string, n int) queue.Entry {
	d.Helper()
	v, err := d.q.Capture(d.Context(), queue.Capture{Reception: room, PKID: number(n), By: "Ana"})
	d.must(err)
	return v.Entry
}

// announces takes a list in.
func (d dock) announces(customer autopilot.TenantID, text string) {
	d.Helper()
	_, err := lists.Import(d.Context(), d.q, written(d.T, text), lists.Options{Customer: customer, Order: order}, ana())
	d.must(err)
}

func (d dock) release(ids ...string) {
	d.Helper()
	d.must(d.q.Release(d.Context(), ids, queue.Act{By: "Ana", Reason: "looked at it"}))
}

// register has Microsoft take entries.
func (d dock) register(ids ...string) {
	d.Helper()
	first, err := d.q.Entry(d.Context(), ids[0])
	d.must(err)
	p, err := d.q.Plan(d.Context(), first.Customer, first.GroupTag, ids)
	d.must(err)
	var all []queue.Outcome
	for _, id := range p.Entries {
		all = append(all, queue.Outcome{Entry: id, Registered: true, DeviceID: "device-" + id})
	}
	if len(all) != len(ids) {
		d.Fatalf("%d of %d are planned", len(all), len(ids))
	}
	_, err = d.q.Settle(d.Context(), p.ID, all)
	d.must(err)
}

// judged is what the paper says of the order, and what the queue does.
func (d dock) judged(customer autopilot.TenantID) (leave.Order, leave.Standing, bool) {
	d.Helper()
	r, err := d.q.Reconcile(d.Context(), order, customer)
	d.must(err)
	o, err := lists.OrderOf(d.Context(), d.q, r, d.w)
	d.must(err)
	s, err := leave.Judge(o)
	d.must(err)
	if s.Announced < r.Due() || s.Registered > s.Announced || r.Registered > r.Due() {
		d.Errorf("the paper counts %d of %d, the queue %d of %d", s.Registered, s.Announced, r.Registered, r.Due())
	}
	return o, s, r.MayLeave()
}

// list is a paper as CSV.
func (d dock) list(kind lists.Kind, customer autopilot.TenantID) string {
	d.Helper()
	file := filepath.Join(d.TempDir(), "list.csv")
	_, err := lists.Write(d.Context(), d.q, file, lists.Paper{Kind: kind, Order: order, Customer: customer, Format: report.CSV, Words: d.w})
	d.must(err)
	text, err := os.ReadFile(file)
	d.must(err)
	return string(text)
}

func (d dock) leaving(customer autopilot.TenantID) error {
	d.Helper()
	file := filepath.Join(d.TempDir(), "paper.pdf")
	_, err := lists.Write(d.Context(), d.q, file, lists.Paper{Kind: lists.Leaving, Order: order, Customer: customer, Format: leave.PDF, Size: leave.A4, Words: d.w})
	if _, there := os.Lstat(file); err != nil && !errors.Is(there, fs.ErrNotExist) {
		d.Errorf("no paper (%v), and yet a file", err)
	}
	return err
}

// TestThePaperOfAHash: a device that was registered by its hash may leave like any
// other, and is on the customer's list.
func TestThePaperOfAHash(t *testing.T) {
	t.Parallel()
	for name, inside := range map[string]autopilot.PKID{"with its PKID inside": number(1), "without": ""} {
		d := newDock(t)
		room := d.room(contoso, "STD", order)
		v, err := d.q.Attach(t.Context(), queue.Part{Reception: room, Serial: "5CG4071QZ8", By: "Ana"})
		d.must(err)
		_, err = d.q.GiveHash(t.Context(), v.Entry.ID, autopilottest.Hash(autopilot.HashContents{PKID: inside, Serial: "5CG4071QZ8"}), ana())
		d.must(err)
		d.release(v.Entry.ID)
		d.register(v.Entry.ID)
		_, err = d.q.CloseReception(t.Context(), room, "Ana")
		d.must(err)
		if _, s, may := d.judged(contoso); !s.MayLeave() || !may {
			t.Errorf("%s: %+v, the queue says %v", name, s, may)
		}
		for _, kind := range []lists.Kind{lists.Registered, lists.Contents} {
			if got := d.list(kind, contoso); !strings.Contains(got, "5CG4071QZ8") || !strings.Contains(got, string(inside)) {
				t.Errorf("%s: the list says %s", name, got)
			}
		}
	}
}

// TestOneJudge: the paper says what the queue says, whoever counted the boxes, and
// whatever came that no list has.
func TestOneJudge(t *testing.T) {
	t.Parallel()
	for expected := range 6 {
		for extra := range 3 {
			for _, settled := range []bool{true, false} {
				d := newDock(t)
				d.announces(contoso, "PKID\n"+string(number(0))+"\n"+string(number(1))+"\n")
				room := d.room(contoso, "STD", order)
				var ids, beside []string
				for n := range 2 {
					ids = append(ids, d.scan(room, n).ID)
				}
				for n := range extra {
					beside = append(beside, d.scan(room, 10+n).ID)
				}
				if settled && extra > 0 {
					d.release(beside...)
					ids = append(ids, beside...)
				}
				d.register(ids...)
				_, err := d.q.SetExpected(t.Context(), room, expected, "Ana")
				d.must(err)
				o, s, may := d.judged(contoso)
				if s.MayLeave() != may || s.Announced < len(o.Boxes) || s.Announced < expected {
					t.Errorf("expected %d, %d that no list has, settled %v: the paper says %v of %+v, the queue %v", expected, extra, settled, s.MayLeave(), s, may)
				}
			}
		}
	}
}

// TestWhatNoListHas: once it is registered it is on the customer's list, and it
// stays on the reseller's.
func TestWhatNoListHas(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	d.announces(contoso, "PKID\n"+string(number(0))+"\n")
	room := d.room(contoso, "STD", order)
	in, beside := d.scan(room, 0), d.scan(room, 9)
	d.release(beside.ID)
	d.register(in.ID, beside.ID)
	for _, kind := range []lists.Kind{lists.Registered, lists.Contents} {
		got := d.list(kind, contoso)
		for _, n := range []int{0, 9} {
			if !strings.Contains(got, string(number(n))) {
				t.Errorf("%s has no %s:\n%s", kind, number(n), got)
			}
		}
	}
}

// TestNobodyElsesDevices: where nobody said whose the paper is, it is not of one
// customer with what is announced for another.
func TestNobodyElsesDevices(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	d.announces(contoso, "PKID\n"+string(number(0))+"\n")
	d.announces(fabrik, "PKID\n"+string(number(1))+"\n")
	d.scan(d.room(contoso, "STD", order), 0)
	if err := d.leaving(""); !errors.Is(err, lists.ErrSeveral) {
		t.Errorf("%v", err)
	}
	for _, customer := range []autopilot.TenantID{contoso, fabrik} {
		o, _, _ := d.judged(customer)
		if len(o.Boxes) != 1 || o.Customer != customer {
			t.Errorf("%s: %+v", customer, o)
		}
		d.must(d.leaving(customer))
	}
}

// TestAstrayDevices do not say whose the order is.
func TestAstrayDevices(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	d.scan(d.room(fabrik, "KIOSK", "BL-OTHER"), 0) // before the list came
	d.announces(contoso, "PKID\n"+string(number(0))+"\n"+string(number(1))+"\n")
	d.scan(d.room(contoso, "STD", order), 1)
	if o, _, _ := d.judged(""); o.Customer != contoso || o.GroupTag != "STD" {
		t.Errorf("%+v", o)
	}
}

// TestNotOfThisOrder: a device that another customer got from another order is no
// content of this one, whatever its list says, and has no number on its pallets.
func TestNotOfThisOrder(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	d.register(d.scan(d.room(fabrik, "KIOSK", "BL-OTHER"), 0).ID)
	d.announces(contoso, "PKID\n"+string(number(0))+"\n"+string(number(1))+"\n")
	d.register(d.scan(d.room(contoso, "STD", order), 1).ID)
	for _, customer := range []autopilot.TenantID{contoso, ""} {
		for _, kind := range []lists.Kind{lists.Registered, lists.Contents} {
			if got := d.list(kind, customer); strings.Contains(got, string(number(0))) || !strings.Contains(got, string(number(1))) {
				t.Errorf("%s of %q:\n%s", kind, customer, got)
			}
		}
		_, s, may := d.judged(customer)
		if may || len(s.Kept) != 1 || s.Kept[0].PKID != number(0) || s.Kept[0].Number != 0 || s.Kept[0].Pallet != "" {
			t.Errorf("%+v, %v", s, may)
		}
	}
}

// TestSeveralGroupTags: a list says no group tag of which half of its devices is not.
func TestSeveralGroupTags(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	a, b := d.scan(d.room(contoso, "STD", order), 0), d.scan(d.room(contoso, "KIOSK", order), 1)
	d.register(a.ID)
	d.register(b.ID)
	lines := strings.Split(d.list(lists.Registered, contoso), "\r\n")
	slices.Sort(lines)
	for n, tag := range map[int]string{0: "STD", 1: "KIOSK"} {
		if !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, string(number(n))) && strings.Contains(l, tag) }) {
			t.Errorf("%s is not %s: %q", number(n), tag, lines)
		}
	}
}

// TestUnscannedHaveNoNumber: nobody looks on a pallet for the number of a box that
// was never given one.
func TestUnscannedHaveNoNumber(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	d.announces(contoso, "PKID\n"+string(number(0))+"\n"+string(number(1))+"\n")
	d.scan(d.room(contoso, "STD", order), 0)
	got, err := d.q.RegisterAnnounced(t.Context(), queue.Work{Customer: contoso, Order: order}, ana())
	d.must(err)
	if len(got.Made) != 1 {
		t.Fatalf("%+v", got)
	}
	_, s, _ := d.judged(contoso)
	for _, b := range s.Kept {
		if want := 1; b.PKID == number(1) && b.Number != 0 || b.PKID == number(0) && b.Number != want {
			t.Errorf("%s has number %d", b.PKID, b.Number)
		}
	}
}

// TestNoSuchOrder: a number that was mistyped has neither paper nor empty list.
func TestNoSuchOrder(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	for _, kind := range []lists.Kind{lists.Leaving, lists.Registered, lists.Contents} {
		format := report.CSV
		if kind == lists.Leaving {
			format = leave.PDF
		}
		file := filepath.Join(t.TempDir(), "list."+string(format))
		_, err := lists.Write(t.Context(), d.q, file, lists.Paper{Kind: kind, Order: "BL-1O42", Format: format, Size: leave.A4, Words: d.w})
		if _, there := os.Lstat(file); !errors.Is(err, lists.ErrNoOrder) || !errors.Is(there, fs.ErrNotExist) {
			t.Errorf("%s: %v, %v", kind, err, there)
		}
	}
	d.room(contoso, "STD", order) // it is known, and empty
	if err := d.leaving(""); !errors.Is(err, lists.ErrStillOpen) {
		t.Errorf("%v", err)
	}
}

// TestRowsThatNobodyCouldRead have a paper of their own word: no reception is open.
func TestRowsThatNobodyCouldRead(t *testing.T) {
	t.Parallel()
	d := newDock(t)
	d.announces(contoso, "PKID\n"+string(number(0))+"\n3.3E+12\n")
	d.register(d.scan(d.room(contoso, "STD", order), 0).ID)
	if err := d.leaving(contoso); !errors.Is(err, lists.ErrUnread) {
		t.Errorf("%v", err)
	}
}
