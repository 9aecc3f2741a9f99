package uitest

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/queue/morning"
	"pkidstation/queue/upload"
	"pkidstation/scanner/wedge"
	"pkidstation/ui"
)

// A station is what the ports answer. Its methods are those of the dock's ports;
// those of the office are in office.go, and of orders and lists in arrivals.go.
type station struct {
	customers []queue.CustomerSetting
	reception queue.Reception
	open      bool
	// entries are the newest first.
	entries []queue.Entry
	seqs    map[string]uint64 // by ID
	history []queue.AuditLine
	// withheld are those that a release or retry would refuse.
	withheld []queue.Withheld
	status   upload.Status

	pauses   []queue.Pause
	removals []queue.Removal
	sign     ui.SignInState
	marks    queue.Marks
	written  ui.Written

	tally   ui.Tally
	heads   []queue.OrderHead
	orders  map[string]queue.Reconciliation
	preview ui.ListPreview
	looked  error
	taken   ui.TakenList
	sources []manifest.Profile
	lists   []queue.Announcement

	morning morning.Morning
	daily   ui.DailyReport

	guard ui.GuardState
	// refusal is what decisions are answered with.
	refusal error
	// asks says that the customer is to be confirmed, comes who takes over.
	asks  bool
	comes string
	deaf  error

	setup    ui.SetupState
	settings []ui.Setting
	faults   []ui.SettingFault

	// bundle is what would be sent, broken why it cannot be made.
	bundle ui.Bundle
	broken error

	// scanners are what is read from.
	scanners []ui.Source
	// camera is the station's, tryCamera another that is tried.
	camera, tryCamera ui.Camera
	localCameras      []ui.LocalCamera

	tried    func(ui.Tried)
	returned func(ui.Returned)
}

// The ports whose methods have the names of others.
type (
	office    struct{ *station }
	removals  struct{ *station }
	signIn    struct{ *station }
	supplies  struct{ *station }
	arrivals  struct{ *station }
	guard     struct{ *station }
	asked     struct{ *station }
	trial     struct{ *station }
	returns   struct{ *station }
	loudness  struct{ *station }
	decisions struct{ *station }
	hashes    struct{ *station }
	mornings  struct{ *station }
	setup     struct{ *station }
	settings  struct{ *station }
)

// options are a window's that has every port.
func (s *station) options() ui.Options {
	a, l := arrivals{s}, supplies{s}
	return ui.Options{
		Intake: s, Reception: s, Entries: s, Review: decisions{s}, Uploads: s, Scanners: s, Sources: readFrom{s}, Cameras: watching{s}, Trial: trial{s}, Asked: asked{s},
		Returns: returns{s}, Sound: loudness{s}, Guard: guard{s}, Teach: s, Setup: setup{s}, Settings: settings{s},
		Directory: office{s}, Relations: office{s}, SignIn: signIn{s}, Removals: removals{s}, Profiles: office{s}, Tuples: office{s},
		Marks: office{s}, Files: office{s}, Hashes: hashes{s},
		Diagnostics: diagnostics{s}, About: about,
		Orders: a, Unscanned: a, Leaving: a, Suppliers: l, Announcements: l,
		Morning: mornings{s},
		Partner: "Partenaire SARL", Station: "Quai 2",
	}
}

func (s *station) Key(wedge.Stroke) {}

func (s *station) Keys() ui.KeySink { return s }

func (s *station) Typed(context.Context, string) (queue.Verdict, error) {
	return queue.Verdict{}, s.refusal
}

func (s *station) Undo(context.Context) (queue.Entry, error) { return s.entries[0], s.refusal }

func (s *station) Verdicts(ctx context.Context) iter.Seq[ui.Event] {
	return func(func(ui.Event) bool) { <-ctx.Done() }
}

func (s *station) Use(context.Context, string) error { return s.refusal }

func (s *station) Teach(context.Context, string, string, int) error { return s.refusal }

func (s *station) Current() (queue.Reception, bool) { return s.reception, s.open }

func (s *station) Open(context.Context, queue.Work) (queue.Reception, error) {
	return s.reception, s.refusal
}

func (s *station) Close(context.Context) error { return s.refusal }

func (s *station) Customers(context.Context) ([]queue.CustomerSetting, error) {
	return slices.Clone(s.customers), nil
}

func (s *station) List(_ context.Context, wanted ui.Wanted) ([]queue.Entry, error) {
	return s.find(wanted), nil
}

// find are the entries that are wanted, as they come.
func (s *station) find(wanted ui.Wanted) (found []queue.Entry) {
	for _, e := range s.entries {
		if e.Seq = s.seq(e.ID); (wanted.Mark == "" || e.Reason == wanted.Mark) &&
			(len(wanted.States) == 0 || slices.Contains(wanted.States, e.State)) &&
			(wanted.Reception == "" || e.Reception == wanted.Reception) &&
			strings.Contains(string(e.PKID)+" "+e.Serial+" "+e.Order, wanted.Text) &&
			(wanted.Limit == 0 || len(found) < wanted.Limit) {
			found = append(found, e)
		}
	}
	return found
}

// seq is an entry's own sequence, whatever comes before it.
func (s *station) seq(id string) uint64 {
	if s.seqs[id] == 0 {
		s.seqs[id] = uint64(len(s.seqs) + 1)
	}
	return s.seqs[id]
}

func (s *station) Briefs(_ context.Context, wanted ui.Wanted) iter.Seq2[queue.Brief, error] {
	found := s.find(wanted)
	if !wanted.Newest {
		slices.Reverse(found)
	}
	return func(yield func(queue.Brief, error) bool) {
		for _, e := range found {
			if !yield(e.Brief(), nil) {
				return
			}
		}
	}
}

func (s *station) At(_ context.Context, seqs []uint64) (found []queue.Entry, err error) {
	for _, e := range s.find(ui.Wanted{}) {
		if slices.Contains(seqs, e.Seq) {
			found = append(found, e)
		}
	}
	return found, nil
}

func (s *station) Withheld(_ context.Context, _ queue.Action, ids []string) ([]queue.Withheld, error) {
	return slices.DeleteFunc(slices.Clone(s.withheld), func(h queue.Withheld) bool { return !slices.Contains(ids, h.Entry.ID) }), nil
}

func (s *station) History(context.Context, string) ([]queue.AuditLine, error) {
	return s.history, nil
}

func (s *station) Counts(context.Context) (queue.Counts, error) {
	var n queue.Counts
	count := map[queue.State]*int{
		queue.Held: &n.Held, queue.Ready: &n.Ready, queue.Planned: &n.Planned, queue.Submitted: &n.Submitted,
		queue.Registered: &n.Registered, queue.Rejected: &n.Rejected, queue.Exported: &n.Exported, queue.Removing: &n.Removing,
		queue.Removed: &n.Removed, queue.Moved: &n.Moved, queue.Discarded: &n.Discarded,
	}
	for _, e := range s.entries {
		*count[e.State]++
	}
	return n, nil
}

// Watch never tells of a change: nothing changes by itself.
func (s *station) Watch() (<-chan struct{}, func()) { return nil, func() {} }

// Status counts what the entries are.
func (s *station) Status() upload.Status {
	status := s.status
	status.Counts, _ = s.Counts(context.Background())
	return status
}

func (d decisions) Release(context.Context, []string, string) error { return d.refusal }

func (d decisions) Hold(context.Context, []string, string) error { return d.refusal }

func (d decisions) Discard(context.Context, []string, string) error { return d.refusal }

func (d decisions) Retry(context.Context, []string, string) error { return d.refusal }

func (d decisions) GiveUp(context.Context, []string, string) error { return d.refusal }

func (d decisions) Assign(context.Context, []string, autopilot.TenantID, autopilot.GroupTag, string) error {
	return d.refusal
}

func (a asked) Asked() (customer bool, comes string) { return a.asks, a.comes }

func (a asked) Confirm(context.Context) error { return a.refusal }

func (a asked) EndLayer(context.Context) error { return a.refusal }

func (a asked) Expect(context.Context, int) (queue.Reception, error) { return a.reception, a.refusal }

func (p trial) Begin(on func(ui.Tried)) { p.tried = on }

func (p trial) End() {}

func (p returns) Begin(on func(ui.Returned)) { p.returned = on }

func (p returns) End() {}

func (p returns) Again(_ context.Context, r ui.Returned) (ui.Returned, error) { return r, nil }

func (p loudness) Say(queue.Word) {}

func (p loudness) Test() {}

func (p loudness) Fault() error { return p.deaf }

// rightPIN is every supervisor's.
const rightPIN = "7294"

func (g guard) State() ui.GuardState { return g.guard }

func (g guard) First(context.Context, string, string) error { return g.refusal }

func (g guard) Unlock(_ context.Context, name, pin string) error {
	if pin != rightPIN {
		return &queue.PINError{Wait: 12 * time.Second}
	}
	g.guard.Unlocked, g.refusal = name, nil
	return nil
}

func (g guard) Lock() { g.guard.Unlocked = "" }

func (g guard) SetPIN(context.Context, string, string) error { return g.refusal }

func (g guard) Remove(context.Context, string) error { return g.refusal }

func (g guard) Review(context.Context) (queue.ReviewPolicy, error) {
	return queue.ReviewExceptions, nil
}

func (g guard) SetReview(context.Context, queue.ReviewPolicy) error { return g.refusal }
