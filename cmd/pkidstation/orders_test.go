package main_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pkidstation/cmd/internal/typed"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/ui"
)

// file writes a file with lines.
func file(t *testing.T, name string, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// announcing is a station with a customer and what a list announces for them.
func announcing(t *testing.T) (ui.Options, *queue.Queue) {
	t.Helper()
	d := desk(t, t.TempDir(), byCSV())
	if err := d.Queue().SetCustomer(t.Context(), queue.CustomerSetting{ID: tenant, Name: "Contoso SARL", GroupTag: "CONTOSO-STD"}, queue.Act{}); err != nil {
		t.Fatal(err)
	}
	_, reception, _, _, _ := d.Ports()
	o := d.Office()
	o.Reception = reception
	return o, d.Queue()
}

func smallList(t *testing.T) string {
	t.Helper()
	return file(t, "list.csv", "PKID;S/N;Client;BL", "3305123400011;5CG4071001;Contoso SARL;BL-1", "3305123400022;5CG4071002;Contoso SARL;BL-1",
		"3305123400033;5CG4071003;Contoso SARL;BL-1", "3,30E+12;5CG4071004;Contoso SARL;BL-1")
}

func TestAListIsLookedAtAndTaken(t *testing.T) {
	t.Parallel()
	office, q := announcing(t)
	ctx, path, told := t.Context(), smallList(t), false
	ask := ui.ListRequest{Path: path, Progress: func(manifest.Progress) { told = true }}
	found, err := office.Suppliers.Look(ctx, ask)
	if err != nil || found.Taken != 3 || found.Refused != 1 || found.Customer != tenant || found.Order != "BL-1" || found.Orders != 1 || found.Unclear != nil || !told {
		t.Errorf("found %+v, %v", found, err)
	}
	if lists, err := office.Announcements.Announcements(ctx); err != nil || len(lists) != 0 {
		t.Errorf("looking took %+v, %v", lists, err)
	}
	ask.Order = "VK7JG-NPHTM-C97JM-9MPGT-3V66T"
	if _, err := office.Suppliers.Take(ctx, ask); !errors.Is(err, typed.ErrSecret) {
		t.Errorf("a product key as an order: %v", err)
	}
	ended, end := context.WithCancel(ctx)
	end()
	if _, err := office.Suppliers.Take(ended, ui.ListRequest{Path: path}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	taken, err := office.Suppliers.Take(ctx, ui.ListRequest{Path: path})
	if err != nil || taken.Taken != 3 || len(taken.Rows) != 1 || taken.Rows[0].Row != 5 || taken.Rows[0].Reason != manifest.Scientific || taken.Number != 1 {
		t.Errorf("taken %+v, %v", taken, err)
	}
	if again, err := office.Suppliers.Take(ctx, ui.ListRequest{Path: path}); err != nil || !again.Again {
		t.Errorf("again %+v, %v", again, err)
	}
	if err := office.Announcements.Drop(ctx, 1, "mauvaise liste"); err != nil {
		t.Fatal(err)
	}
	if r, err := q.Reconcile(ctx, "BL-1", tenant); err != nil || r.Lists != 0 {
		t.Errorf("dropped: %+v, %v", r, err)
	}
}

// Where nobody can tell the columns a person does, by what the beginning shows.
func TestAListWithoutHeadersIsShown(t *testing.T) {
	t.Parallel()
	office, _ := announcing(t)
	path := file(t, "list.csv", "Envoi du 23/11;;", "Poste;Code;Etiq", "1;3305123400011;5CG4071001", "2;3305123400022;5CG4071002",
		"3;VK7JG-NPHTM-C97JM-9MPGT-3V66T;5CG4071003")
	found, err := office.Suppliers.Look(t.Context(), ui.ListRequest{Path: path})
	if err != nil || !errors.Is(found.Unclear, manifest.ErrNoHeader) || found.HeaderRow != 2 || len(found.Columns) != 3 || found.Columns[1].Header != "Code" {
		t.Fatalf("found %+v, %v", found, err)
	}
	var shown []string
	for _, row := range found.Rows {
		shown = append(shown, strings.Join(row.Cells, " "))
	}
	if want := []string{"1 3305123400011 5CG4071001", "2 3305123400022 5CG4071002", "3  5CG4071003"}; !slices.Equal(shown, want) {
		t.Errorf("shown %q", shown)
	}
	profile := found.Profile
	profile.Columns = []manifest.Mapping{{Column: "Code", Field: manifest.PKID}, {Column: "Etiq", Field: manifest.Serial}}
	read, err := office.Suppliers.Look(t.Context(), ui.ListRequest{Path: path, Profile: &profile})
	if err != nil || read.Taken != 2 || read.Refused != 1 || read.Unclear != nil {
		t.Errorf("read %+v, %v", read, err)
	}
	profile.Name = "Grossiste Lyon"
	if err := office.Suppliers.Keep(t.Context(), profile); err != nil {
		t.Fatal(err)
	}
	if all, err := office.Suppliers.Profiles(t.Context()); err != nil || len(all) != 1 || all[0].Name != "Grossiste Lyon" {
		t.Errorf("kept %+v, %v", all, err)
	}
	taken, err := office.Suppliers.Take(t.Context(), ui.ListRequest{Path: path, Profile: &profile, Customer: tenant, Order: "BL-2"})
	if err != nil || taken.Taken != 2 || taken.Supplier != "Grossiste Lyon" {
		t.Errorf("taken %+v, %v", taken, err)
	}
}

func TestAListOfStrangers(t *testing.T) {
	t.Parallel()
	office, _ := announcing(t)
	path := file(t, "list.csv", "PKID;Client", "3305123400011;Fabrikam")
	found, err := office.Suppliers.Look(t.Context(), ui.ListRequest{Path: path})
	if _, unknown := errors.AsType[*manifest.CustomerError](found.CustomerErr); err != nil || !unknown || found.Customer != "" {
		t.Errorf("found %+v, %v", found, err)
	}
}

// The dock counts what is there of the open order, and what is in doubt.
func TestTheDocksTally(t *testing.T) {
	t.Parallel()
	office, q := announcing(t)
	ctx := t.Context()
	if tally, err := office.Orders.Tally(ctx); err != nil || tally != (ui.Tally{}) {
		t.Errorf("without a reception: %+v, %v", tally, err)
	}
	work := queue.Work{Customer: tenant, GroupTag: "CONTOSO-STD"}
	for _, c := range []struct {
		order string
		want  ui.Tally
	}{{"", ui.Tally{Here: 2, Doubted: 1}}, {"BL-2", ui.Tally{Here: 2, Of: 4, Doubted: 1}}, {"BL-1", ui.Tally{Here: 1, Of: 3, Doubted: 1}}} {
		if c.order == "BL-1" {
			if _, err := office.Suppliers.Take(ctx, ui.ListRequest{Path: smallList(t)}); err != nil {
				t.Fatal(err)
			}
		}
		work.Order = c.order
		r, err := office.Reception.Open(ctx, work)
		if err != nil {
			t.Fatal(err)
		}
		c.want.Reception = r.ID
		for n, hold := range []queue.Reason{"", queue.CouldBeGTIN} {
			pkid := "33051234000" + []string{"11", "99"}[n]
			if c.order != "BL-1" {
				pkid = "330512340" + []string{"55", "66"}[n] + "0" + string(rune('1'+len(c.order)))
			}
			if _, err := q.Capture(ctx, queue.Capture{Reception: r.ID, PKID: autopilot.PKID(pkid), Hold: hold, By: "Ana"}); err != nil {
				t.Fatal(err)
			}
		}
		if c.want.Of == 4 {
			if err := office.Orders.Expect(ctx, c.order, tenant, 4); err != nil {
				t.Fatal(err)
			}
		}
		if tally, err := office.Orders.Tally(ctx); err != nil || tally != c.want {
			t.Errorf("%q: %+v, want %+v, %v", c.order, tally, c.want, err)
		}
		if err := office.Reception.Close(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if err := office.Orders.Expect(ctx, "BL-2", tenant, 5); !errors.Is(err, queue.ErrReceptionClosed) {
		t.Errorf("expecting in a closed reception: %v", err)
	}
}

// TestTheReceptionIsAsItIsNow: how many boxes are to come is said beside the dock, too.
func TestTheReceptionIsAsItIsNow(t *testing.T) {
	t.Parallel()
	office, _ := announcing(t)
	if _, err := office.Reception.Open(t.Context(), queue.Work{Customer: tenant, GroupTag: "CONTOSO-STD", Order: "BL-3"}); err != nil {
		t.Fatal(err)
	}
	if err := office.Orders.Expect(t.Context(), "BL-3", tenant, 12); err != nil {
		t.Fatal(err)
	}
	if r, open := office.Reception.Current(); !open || r.Expected != 12 {
		t.Errorf("it is %+v, %v", r, open)
	}
}

func TestWhatWasNotScannedIsRegisteredFromTheWindow(t *testing.T) {
	t.Parallel()
	office, q := announcing(t)
	ctx := t.Context()
	if _, err := office.Suppliers.Take(ctx, ui.ListRequest{Path: smallList(t)}); err != nil {
		t.Fatal(err)
	}
	heads, err := office.Orders.Orders(ctx, time.Now().Add(-time.Hour))
	if err != nil || len(heads) != 1 || heads[0].Order != "BL-1" {
		t.Fatalf("orders %+v, %v", heads, err)
	}
	if _, err := q.Capture(ctx, queue.Capture{Reception: open(t, q, "BL-1").ID, PKID: "3305123400011", By: "Ana"}); err != nil {
		t.Fatal(err)
	}
	work := queue.Work{Customer: tenant, Order: "BL-1"}
	if _, err := office.Unscanned.RegisterAnnounced(ctx, work, "VK7JG-NPHTM-C97JM-9MPGT-3V66T"); !errors.Is(err, typed.ErrSecret) {
		t.Errorf("a product key as a reason: %v", err)
	}
	got, err := office.Unscanned.RegisterAnnounced(ctx, work, "étiquettes illisibles")
	if err != nil || len(got.Made) != 2 || got.Here != 1 {
		t.Errorf("made %+v, %v", got, err)
	}
	if r, err := office.Orders.Reconcile(ctx, "BL-1", tenant); err != nil || r.MayLeave() || r.Missing != 2 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestThePaperOfAnOrder is written once, for the paper that is asked for.
func TestThePaperOfAnOrder(t *testing.T) {
	t.Parallel()
	office, _ := announcing(t)
	if _, err := office.Suppliers.Take(t.Context(), ui.ListRequest{Path: smallList(t)}); err != nil {
		t.Fatal(err)
	}
	if path := office.Leaving.Path("BL/1", tenant, ui.PaperLabel); !strings.HasPrefix(filepath.Base(path), "BL-1-4x6-") || filepath.Ext(path) != ".pdf" {
		t.Errorf("it proposes %s", path)
	}
	paper := ui.LeavingPaper{Order: "BL-1", Customer: tenant, Path: filepath.Join(t.TempDir(), "BL-1.pdf"), Format: ui.PaperA4, Language: "fr"}
	if err := office.Leaving.SaveLeaving(t.Context(), paper); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(paper.Path); err != nil || !strings.HasPrefix(string(text), "%PDF-") {
		t.Errorf("%.10q, %v", text, err)
	}
	if err := office.Leaving.SaveLeaving(t.Context(), paper); err == nil {
		t.Error("it was written over")
	}
	paper.Format = "a3"
	if err := office.Leaving.SaveLeaving(t.Context(), paper); err == nil {
		t.Error("a paper that nobody has was made")
	}
}

// What an order's other receptions were given is not taken away by a number that is
// less, and the refusal says so.
func TestFewerBoxesThanTheOthers(t *testing.T) {
	t.Parallel()
	office, q := announcing(t)
	ctx, work := t.Context(), queue.Work{Customer: tenant, GroupTag: "CONTOSO-STD", Order: "BL-7"}
	for n, boxes := range []int{10, 25} {
		if _, err := office.Reception.Open(ctx, work); err != nil {
			t.Fatal(err)
		}
		if n == 1 {
			few, ok := errors.AsType[*ui.TooFewError](office.Orders.Expect(ctx, "BL-7", tenant, 5))
			if !ok || few.Others != 10 {
				t.Errorf("5 of 10: %+v", few)
			}
		}
		if err := office.Orders.Expect(ctx, "BL-7", tenant, boxes); err != nil {
			t.Fatal(err)
		}
		if err := office.Reception.Close(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if r, err := q.Reconcile(ctx, "BL-7", tenant); err != nil || r.Expected != 25 {
		t.Errorf("%d are expected, %v", r.Expected, err)
	}
}
