package main_test

import (
	"context"
	"errors"
	"image"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/station"
	"pkidstation/cmd/internal/typed"
	pkidstation "pkidstation/cmd/pkidstation"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/upload"
	"pkidstation/ui"
)

// byCSV is a station that is set up and needs no network.
func byCSV() config.Config {
	cfg := config.Default()
	cfg.PartnerCenter.Way = config.WayCSV
	return cfg
}

func desk(t *testing.T, folder string, cfg config.Config) pkidstation.Desk {
	t.Helper()
	d, err := pkidstation.OpenDesk(t.Context(), folder, cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// TestTheOpenReceptionIsTakenUp: after a restart the dock goes on with the one
// open reception; with none or several nobody guesses the customer.
func TestTheOpenReceptionIsTakenUp(t *testing.T) {
	t.Parallel()
	for orders, want := range map[string]string{"": "", "1": "1", "12": ""} {
		t.Run(orders+" open", func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			q, err := queue.Open(folder, queue.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, order := range orders {
				open(t, q, string(order))
			}
			if err := q.Close(); err != nil {
				t.Fatal(err)
			}
			intake, reception, _, _, _ := desk(t, folder, byCSV()).Ports()
			got, ok := reception.Current()
			if ok != (want != "") || got.Order != want {
				t.Errorf("current %q (%t), want %q", got.Order, ok, want)
			}
			v, err := intake.Typed(t.Context(), "3305123456781")
			if err != nil || v.Word != queue.OnHold || v.Entry.Order != want || (v.Entry.Customer == "") != (want == "") {
				t.Errorf("typed: %s for %q of %q, %v", v.Word, v.Entry.Customer, v.Entry.Order, err)
			}
		})
	}
}

// TestAPersonsActsHoldNoSecret: a product key in a reason or order is refused
// before anything is done.
func TestAPersonsActsHoldNoSecret(t *testing.T) {
	t.Parallel()
	d := desk(t, t.TempDir(), byCSV())
	_, reception, entries, review, _ := d.Ports()
	r := open(t, d.Queue(), "BL-1")
	capture(t, d.Queue(), r, "3305123456781", "")
	all, err := entries.List(t.Context(), ui.Wanted{})
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	ctx, ids := t.Context(), []string{all[0].ID}
	for reason, want := range map[string]error{"lot VK7JG-NPHTM-C97JM-9MPGT-3V66T": typed.ErrSecret, "a\x1b[2J": typed.ErrUnprintable} {
		for name, err := range map[string]error{
			"release": review.Release(ctx, ids, reason), "hold": review.Hold(ctx, ids, reason), "discard": review.Discard(ctx, ids, reason),
			"retry": review.Retry(ctx, ids, reason), "give up": review.GiveUp(ctx, ids, reason), "assign": review.Assign(ctx, ids, "fabrikam.example", "", reason),
		} {
			if !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", name, err, want)
			}
		}
		if _, err := reception.Open(ctx, queue.Work{Customer: tenant, Order: reason}); !errors.Is(err, want) {
			t.Errorf("open: %v, want %v", err, want)
		}
	}
	if lines, err := entries.History(ctx, ids[0]); err != nil || len(lines) != 2 {
		t.Errorf("history %v, %v", lines, err)
	}
}

// TestReviewGoesTheContractsWays through the window's port.
func TestReviewGoesTheContractsWays(t *testing.T) {
	t.Parallel()
	d := desk(t, t.TempDir(), byCSV())
	_, reception, entries, review, _ := d.Ports()
	capture(t, d.Queue(), open(t, d.Queue(), "BL-1"), "3305123456781", "")
	all, _ := entries.List(t.Context(), ui.Wanted{})
	ctx, ids := t.Context(), []string{all[0].ID}
	for i, step := range []struct {
		err  error
		want queue.State
	}{
		{review.Hold(ctx, ids, "abîmé"), queue.Held},
		{review.Assign(ctx, ids, "fabrikam.example", "NEW", "autre client"), queue.Held},
		{review.Release(ctx, ids, ""), queue.Ready},
		{review.Discard(ctx, ids, "rendu"), queue.Discarded},
	} {
		if step.err != nil {
			t.Errorf("step %d to %s: %v", i, step.want, step.err)
		}
	}
	if err := review.Retry(ctx, ids, ""); err == nil {
		t.Error("what was discarded was sent again")
	}
	lines, err := entries.History(ctx, ids[0])
	if err != nil || len(lines) != 6 || lines[2].Note != "abîmé" || lines[2].By == "" || lines[5].To != queue.Discarded {
		t.Errorf("history %+v, %v", lines, err)
	}
	if counts, err := entries.Counts(ctx); err != nil || counts.Discarded != 1 {
		t.Errorf("counts %+v, %v", counts, err)
	}
	if err := reception.Close(ctx); err != nil {
		t.Errorf("closing none: %v", err)
	}
}

// TestGivingUpIsTheOperatorsAct: what nobody will ever hear of is ended in their
// name, with a reason.
func TestGivingUpIsTheOperatorsAct(t *testing.T) {
	t.Parallel()
	d := desk(t, t.TempDir(), byCSV())
	_, _, entries, review, _ := d.Ports()
	capture(t, d.Queue(), open(t, d.Queue(), "BL-1"), "3305123456781", "")
	all, _ := entries.List(t.Context(), ui.Wanted{})
	ctx, ids := t.Context(), []string{all[0].ID}
	p, err := d.Queue().Plan(ctx, all[0].Customer, all[0].GroupTag, ids)
	if err == nil {
		_, err = d.Queue().Submitted(ctx, p.ID, "job")
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, early := errors.AsType[*queue.TooSoonError](review.GiveUp(ctx, ids, "x")); !early {
		t.Error("what is still asked about is given up")
	}
	if err := d.Queue().Note(ctx, p.ID, queue.NoOutcome); err != nil {
		t.Fatal(err)
	}
	if err := review.GiveUp(ctx, ids, " "); !errors.Is(err, queue.ErrNoReason) {
		t.Errorf("without a reason: %v", err)
	}
	if err := review.GiveUp(ctx, ids, "pas sur le site"); err != nil {
		t.Error(err)
	}
	lines, err := entries.History(ctx, ids[0])
	if last := lines[len(lines)-1]; err != nil || last.By == "" || last.Note != "pas sur le site" || last.To != queue.Rejected {
		t.Errorf("history %+v, %v", last, err)
	}
}

// TestUploadsSayWhyNothingGoes: by CSV and signed out are two things.
func TestUploadsSayWhyNothingGoes(t *testing.T) {
	t.Parallel()
	_, _, _, _, uploads := desk(t, t.TempDir(), byCSV()).Ports()
	if s := uploads.Status(); s.Online != upload.OnlineNever || len(s.Waits) != 0 {
		t.Errorf("by CSV: %+v", s)
	}
	cfg := config.Default()
	cfg.PartnerCenter.Tenant = "partner.example"
	d := desk(t, t.TempDir(), cfg)
	_, _, _, _, uploads = d.Ports()
	if s := uploads.Status(); s.Online != upload.OnlineUnknown || len(s.Waits) != 1 || s.Waits[0].Reason != queue.SignIn {
		t.Errorf("signed out: %+v", s)
	}
	_, stop := uploads.Watch()
	stop()
	if d.IsDemo() {
		t.Error("a station with a tenant is a demo")
	}
}

// TestCustomersAreLearnt from Partner Center, keep the tag that was set here,
// and are there when the line is not.
func TestCustomersAreLearnt(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{PageSize: 1, Customers: []autopilot.Customer{
		{ID: tenant, Name: "Contoso SARL"}, {ID: "fabrikam.example", Name: "Fabrikam"},
	}})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	defer server.Close() //nolint:errcheck // a test
	cfg := config.Default()
	cfg.PartnerCenter.URL, cfg.AccessToken = server.URL(), "x"
	d := desk(t, t.TempDir(), cfg)
	if err := d.Queue().SetCustomer(t.Context(), queue.CustomerSetting{ID: tenant, Name: "old", GroupTag: "STD"}, queue.Act{}); err != nil {
		t.Fatal(err)
	}
	changed, unwatch := d.Queue().Watch()
	defer unwatch()
	ctx, stop := context.WithCancel(t.Context())
	var working sync.WaitGroup
	working.Go(func() { d.Work(ctx) })
	_, reception, _, _, _ := d.Ports()
	for {
		all, err := reception.Customers(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(all) == 2 {
			break
		}
		<-changed
	}
	stop()
	working.Wait()
	kept, err := d.Queue().Customers(t.Context())
	names := map[autopilot.TenantID]queue.CustomerSetting{}
	for _, c := range kept {
		names[c.ID] = c
	}
	if err != nil || names[tenant].Name != "Contoso SARL" || names[tenant].GroupTag != "STD" || names["fabrikam.example"].Name != "Fabrikam" {
		t.Errorf("kept %+v, %v", kept, err)
	}
}

func TestEventOf(t *testing.T) {
	t.Parallel()
	fault := errors.New("unplugged")
	corners := [4]image.Point{{1, 2}, {3, 4}, {5, 6}, {7, 8}}
	picture := &station.Picture{Image: image.NewGray(image.Rect(0, 0, 2, 2)), Corners: [][4]image.Point{corners}}
	got := pkidstation.EventOf(station.Event{Verdict: queue.Verdict{Word: queue.Seen}, Source: "serial:x", Err: fault, Picture: picture})
	if got.Verdict.Word != queue.Seen || got.Source != "serial:x" || !errors.Is(got.Err, fault) {
		t.Errorf("%+v", got)
	}
	if got.Preview == nil || got.Preview.Image != picture.Image || len(got.Preview.Regions) != 1 || got.Preview.Regions[0].Corners != corners {
		t.Errorf("preview %+v", got.Preview)
	}
	if pkidstation.EventOf(station.Event{}).Preview != nil {
		t.Error("a preview of nothing")
	}
}

// TestADeskThatCannotOpen says so and lets the queue go.
func TestADeskThatCannotOpen(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	cfg := config.Default()
	cfg.PartnerCenter.Tenant, cfg.PartnerCenter.ClientID = "partner.example", "99999999-9999-4999-8999-999999999999"
	cfg.PartnerCenter.Authority = "ftp://login.example"
	if _, err := pkidstation.OpenDesk(t.Context(), folder, cfg, slog.New(slog.DiscardHandler)); err == nil {
		t.Fatal("an authority that is none is no error")
	}
	desk(t, folder, byCSV())
	bad := t.TempDir()
	if err := os.WriteFile(filepath.Join(bad, "queue.db"), []byte("no queue"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := pkidstation.OpenDesk(t.Context(), bad, byCSV(), slog.New(slog.DiscardHandler)); err == nil {
		t.Error("a file that is no queue is no error")
	}
}
