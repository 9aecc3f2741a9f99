package queue_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

// A need is who may call a method of the queue once there is a supervisor.
type need string

const (
	looks      need = "changes nothing"
	atDock     need = "anybody at the dock" // reading, holding, unlocking
	machine    need = "the machine itself"
	supervised need = "a supervisor"
	own        need = "a supervisor, or whoever captured it"
	admin      need = "whoever administers the PC; the program asks"
)

// needs has every exported method of the queue: a new one must be put here.
func needs() map[string]need {
	return map[string]need{
		"Release": supervised, "Discard": supervised, "Retry": supervised, "RetryByTuple": supervised, "Assign": supervised, "GiveUp": supervised, "GiveHash": supervised,
		"Remove": supervised, "RetryRemoval": supervised, "TakeBackAnew": supervised, "TakeOnSite": supervised, "RemovedOnSite": supervised,
		"Exported": supervised, "ConfirmExport": supervised, "WantProfile": supervised,
		"SetCustomer": supervised, "ChangeCustomer": supervised, "ImportCustomers": supervised, "ForgetCustomer": supervised,
		"HandOver": supervised, "TakeIn": supervised, "EraseOperator": supervised, "ExportAudit": supervised,
		"RegisterAnnounced": supervised, "DropAnnouncement": supervised,
		"SetReview": supervised, "ChangeSettings": supervised, "SetRetention": supervised, "SetPIN": supervised, "RemoveSupervisor": supervised,
		"Learn": supervised, "Forget": supervised, // of a label's rule, and Forget of a scanner; the rest is learnt at the dock

		"Undo": own, "UndoFrom": own, "Confirm": own, "Strike": own,

		"ResetSupervisors": admin,

		"Capture": atDock, "Attach": atDock, "Hold": atDock, "StopRetrying": atDock, "HoldBox": atDock, "CloseBox": atDock, "Doubt": atDock, "KeepUnreadable": atDock, "AddPart": atDock,
		"SetPallet": atDock, "SetExpected": atDock, "EndLayer": atDock, "HandShift": atDock, "Announce": atDock, "OpenReception": atDock, "CloseReception": atDock, "ConfirmCustomer": atDock, "Unlock": atDock, "Lock": atDock,

		"Plan": machine, "Attempt": machine, "Submitted": machine, "Settle": machine, "Withdraw": machine, "Note": machine, "Replan": machine,
		"RetryDue": machine, "AttemptRemoval": machine, "WaitRemoval": machine, "Removed": machine, "ListedAfterAll": machine,
		"ProfilesAnswered": machine, "SetPause": machine, "ClearPause": machine, "MergeCustomers": machine, "Scrub": machine, "Close": machine,

		"AllLearnt": looks, "Check": looks, "CheckJournal": looks, "Counts": looks, "Customer": looks, "Customers": looks, "Due": looks,
		"DueAndLater": looks, "EntriesAt": looks, "TakenBack": looks, "Entry": looks, "History": looks, "Learnt": looks, "List": looks,
		"Marks": looks, "NextDue": looks, "NextRetry": looks, "OpenPlanHeads": looks, "OpenPlans": looks, "OpenProfiles": looks,
		"OpenReceptions": looks, "OpenRemovals": looks, "Pauses": looks, "PlanByID": looks, "Ready": looks, "ReadyWork": looks, "Tally": looks, "Reception": looks,
		"Recovery": looks, "Review": looks, "Standing": looks, "Station": looks, "Supervisors": looks, "Unlocked": looks, "Watch": looks,
		"Announcements": looks, "Orders": looks, "Reconcile": looks, "AnnouncedWorks": looks, "Find": looks, "Unfinished": looks, "Layer": looks,
		"WorksOf": looks, "Handovers": looks, "HandoverFile": looks, "Operators": looks, "Operator": looks, "OperatorNamed": looks,
		"InStates": looks, "Lately": looks, "Briefs": looks, "Withheld": looks, "Retention": looks, "Retain": machine, "Compact": machine, "Shrink": machine, "Tend": machine, "Resting": looks, "StationCode": machine, "Identify": machine, "RoomLeft": looks,
	}
}

// A calling is a call that changes something of a queue that is prepared for it;
// prepared before the station has a supervisor.
type calling func(p planner) func(ctx context.Context, act queue.Act) error

// fill captures boxes for a planner.
func (p planner) fill(first, n int) planner {
	p.ids = queuetest.Fill(p.T, p.q, standard(), first, n)
	return p
}

func (p planner) one(hold queue.Reason) string {
	p.Helper()
	r, err := p.q.OpenReception(p.Context(), queue.Work{Customer: contoso, GroupTag: "STD", Order: string(hold)}, "test")
	p.must(err)
	v, err := p.q.Capture(p.Context(), queue.Capture{Reception: r.ID, PKID: queuetest.PKID(900), Hold: hold, By: "test"})
	p.must(err)
	return v.Entry.ID
}

func exported(p planner) planner {
	p = readied(p)
	p.must(p.q.Exported(p.Context(), p.ids, "STD", queue.Act{By: "test"}))
	return p
}

func unheard(p planner) planner {
	p = readied(p)
	made := p.plan()
	p.attempt(made.ID)
	_, err := p.q.Submitted(p.Context(), made.ID, "job")
	p.must(err)
	p.must(p.q.Note(p.Context(), made.ID, queue.NoOutcome))
	return p
}

// withTuple are refused boxes that have all that can stand for the PKID.
func withTuple(p planner) planner {
	id := p.one("")
	e := p.entry(id)
	_, err := p.q.Attach(p.Context(), queue.Part{Reception: e.Reception, Into: id, Serial: "S1", Maker: "HP", Model: "M", By: "test"})
	p.must(err)
	p.ids = []string{id}
	p.settled(queue.Outcome{Code: "812"})
	return p
}

// asked is a box of which it is asked whether its digits are the PKID.
func asked(do func(*queue.Queue, context.Context, string, queue.Act) (queue.Verdict, error)) calling {
	return func(p planner) func(context.Context, queue.Act) error {
		id := p.one(queue.CouldBeGTIN)
		return func(ctx context.Context, act queue.Act) error {
			_, err := do(p.q, ctx, id, act)
			return err
		}
	}
}

// sentTo is the file of a handover from another station to this one.
func sentTo(p planner) []byte {
	code, err := p.q.StationCode(p.Context())
	p.must(err)
	there := readied(planner{T: p.T, q: queuetest.OpenIn(p.T, p.TempDir())})
	h, err := there.q.HandOver(p.Context(), queue.Departure{To: code, Entries: there.ids}, queue.Act{By: "test"})
	p.must(err)
	_, file, err := there.q.HandoverFile(p.Context(), h.ID)
	p.must(err)
	return file
}

// changes is a call that needs nothing but the queue, and what it keeps.
func changes(do func(q *queue.Queue, ctx context.Context, act queue.Act) error) calling {
	return func(p planner) func(context.Context, queue.Act) error {
		p.must(p.q.SetCustomer(p.Context(), queue.CustomerSetting{ID: contoso, Name: "Contoso"}, queue.Act{}))
		p.must(p.q.Learn(p.Context(), queue.LearnRule, "serial:AB", "", queue.Act{By: "Gone"}))
		return func(ctx context.Context, act queue.Act) error { return do(p.q, ctx, act) }
	}
}

const (
	pinLea = "27182"
	pinZoe = "31415"
	pinMax = "16180"
)

func TestEveryMethodSaysWhoMayCallIt(t *testing.T) {
	t.Parallel()
	table, calls := needs(), callings()
	for m := range reflect.TypeFor[*queue.Queue]().Methods() {
		if table[m.Name] == "" {
			t.Errorf("%s is new: say in this test who may call it once there is a supervisor", m.Name)
		}
		delete(table, m.Name)
	}
	if len(table) > 0 {
		t.Errorf("the queue has no more: %v", slices.Collect(maps.Keys(table)))
	}
	for name, n := range needs() {
		if (n == supervised || n == own) != (calls[name] != nil) {
			t.Errorf("%s is for %s: this test must call it", name, n)
		}
	}
}

// TestNothingChangesWithoutTheRightRole makes every call that is a supervisor's,
// for real: without a Pass, with one that nobody gave, with another queue's and
// with one that ended it changes no byte on the disk; with a supervisor's it
// works, and the audit has it by them, whatever the call says.
func TestNothingChangesWithoutTheRightRole(t *testing.T) {
	t.Parallel()
	other := unlockedElsewhere(t)
	for name, prepare := range callings() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			q := openIn(t, folder)
			p := planner{T: t, q: q}
			do := prepare(p)
			ended := supervise(p)
			right, err := q.Unlock(t.Context(), "Léa", pinLea)
			p.must(err)
			before := everyByte(t, folder)
			for way, pass := range map[string]queue.Pass{"no": {}, "another queue's": other, "an ended": ended} {
				act := queue.Act{By: "Léa", Reason: "because", Pass: pass}
				if err := do(t.Context(), act); !errors.Is(err, queue.ErrNeedsSupervisor) {
					t.Errorf("with %s pass: %v", way, err)
				}
				if after := everyByte(t, folder); !maps.Equal(before, after) {
					t.Errorf("with %s pass the disk changed", way)
				}
			}
			lines := auditOf(t, q)
			if err := do(t.Context(), queue.Act{By: "Bob", Reason: "because", Pass: right}); err != nil {
				t.Fatalf("by a supervisor: %v", err)
			}
			if after := everyByte(t, folder); maps.Equal(before, after) {
				t.Error("it changes nothing by a supervisor either: this test tests nothing")
			}
			for _, l := range auditOf(t, q)[len(lines):] {
				if l.By != "Léa" {
					t.Errorf("%s is by %q", l.Action, l.By)
				}
			}
		})
	}
}

// supervise gives the station two supervisors, and a Pass that ended.
func supervise(p planner) (ended queue.Pass) {
	p.Helper()
	p.must(p.q.SetPIN(p.Context(), "Léa", pinLea, queue.Act{}))
	ended, err := p.q.Unlock(p.Context(), "Léa", pinLea)
	p.must(err)
	p.must(p.q.SetPIN(p.Context(), "Zoé", pinZoe, queue.Act{Pass: ended}))
	p.q.Lock(ended)
	return ended
}

func unlockedElsewhere(t *testing.T) queue.Pass {
	t.Helper()
	p := planner{T: t, q: open(t)}
	supervise(p)
	pass, err := p.q.Unlock(t.Context(), "Léa", pinLea)
	p.must(err)
	return pass
}

// everyByte is what is on the disk of a data folder.
func everyByte(t *testing.T, folder string) map[string][sha256.Size]byte {
	t.Helper()
	files := map[string][sha256.Size]byte{}
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files[path] = sha256.Sum256(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func auditOf(t *testing.T, q *queue.Queue) (lines []queue.AuditLine) {
	t.Helper()
	if err := queue.EachAuditLine(q, func(l queue.AuditLine) { lines = append(lines, l) }); err != nil {
		t.Fatal(err)
	}
	return lines
}

// TestTheDockNeedsNobody: with supervisors and nobody unlocked, reading goes on,
// and so does what the machine does by itself.
func TestTheDockNeedsNobody(t *testing.T) {
	t.Parallel()
	q := open(t)
	p := planner{T: t, q: q}
	supervise(p)
	ctx, ana := t.Context(), queue.Act{By: "test"}
	p = p.fill(1, 4)
	p.must(q.Hold(ctx, p.ids[3:], queue.Act{By: "Bob"}))
	_, err := q.Undo(ctx, "", ana) // the last is held, and their own
	p.must(err)
	_, err = q.Undo(ctx, "", queue.Act{By: "Bob"})
	if !errors.Is(err, queue.ErrNeedsSupervisor) {
		t.Errorf("undoing somebody else's: %v", err)
	}
	p.ids = p.ids[:3]
	p.settled(queue.Outcome{Registered: true})
	for _, do := range []func(*queue.Queue, context.Context, string, queue.Act) (queue.Verdict, error){(*queue.Queue).Confirm, (*queue.Queue).Strike} {
		id := p.one(queue.CouldBeGTIN)
		_, err := do(q, ctx, id, ana)
		p.must(err)
		if e := p.entry(id); e.State == queue.Ready {
			_, err := q.Undo(ctx, e.Reception, ana)
			p.must(err)
		}
	}
	r, err := q.OpenReception(ctx, standard(), "Ana")
	p.must(err)
	v, err := q.Attach(ctx, queue.Part{Reception: r.ID, Serial: "S9", By: "Ana"})
	p.must(err)
	p.must(q.AddPart(ctx, v.Entry.ID, "part", queue.Read{}, "Ana"))
	_, err = q.HoldBox(ctx, v.Entry.ID, "Ana")
	p.must(err)
	_, _, err = q.CloseBox(ctx, v.Entry.ID, "Ana", true)
	p.must(err)
	_, err = q.Doubt(ctx, []string{v.Entry.ID}, "Ana")
	p.must(err)
	_, err = q.KeepUnreadable(ctx, queue.Illegible{Reception: r.ID, By: "Ana"})
	p.must(err)
	_, err = q.SetPallet(ctx, r.ID, "7", "Ana")
	p.must(err)
	p.must(q.Learn(ctx, queue.LearnGTIN, "5901234123457", "", ana))
	p.must(q.Forget(ctx, queue.LearnGTIN, "5901234123457", ana))
	p.must(q.Learn(ctx, queue.LearnLayout, "", "fr", ana))
	_, err = q.MergeCustomers(ctx, []queue.CustomerSetting{{ID: fabrik, Name: "Fabrikam", Source: queue.FromAPI}})
	p.must(err)
	_, err = q.CloseReception(ctx, r.ID, "Ana")
	p.must(err)
}

// What the machine learns of customers is what Partner Center answers, and nothing
// that a person sets.
func TestAnAnswerSetsNothing(t *testing.T) {
	t.Parallel()
	q := open(t)
	_, err := q.MergeCustomers(t.Context(), []queue.CustomerSetting{{
		ID: contoso, Name: "Contoso", Domain: "contoso.com", GroupTag: "STD", Tags: []autopilot.GroupTag{"A"}, Reseller: fabrik, Profile: "p",
		ProfileName: "P", Source: queue.FromPerson, Relationship: autopilot.RelationshipReseller,
	}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := q.Customer(t.Context(), contoso)
	if err != nil || c.Name != "Contoso" || c.Source != queue.FromAPI || len(c.Choices()) != 0 || c.Reseller != "" || c.Profile != "" {
		t.Errorf("kept: %+v, %v", c, err)
	}
}

// Nothing of a PIN is kept but its hash, and nothing of either is in the audit.
func TestNoPINIsKept(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q := openIn(t, folder)
	p := planner{T: t, q: q}
	supervise(p)
	_, _ = q.Unlock(t.Context(), "Léa", "99887766")
	for _, l := range auditOf(t, q) {
		if text := l.Note + l.By; strings.Contains(text, "argon2") || strings.Contains(text, pinLea) || strings.Contains(text, "99887766") {
			t.Errorf("audit: %+v", l)
		}
	}
	for path := range everyByte(t, folder) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, pin := range []string{pinLea, pinZoe, "99887766"} {
			if strings.Contains(string(data), `"`+pin+`"`) {
				t.Errorf("%s has a PIN", filepath.Base(path))
			}
		}
	}
}
