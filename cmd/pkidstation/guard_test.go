package main_test

import (
	"errors"
	"testing"

	"pkidstation/queue"
)

// TestTheWindowsGuard: once there is a supervisor the window's ports do what is
// theirs only while one is unlocked here, and it stands in the audit by them.
func TestTheWindowsGuard(t *testing.T) {
	t.Parallel()
	d := desk(t, t.TempDir(), byCSV())
	office, guard, ctx := d.Office(), d.Guard(), t.Context()
	if s := guard.State(); len(s.Supervisors) != 0 || s.Unlocked != "" {
		t.Fatalf("at first: %+v", s)
	}
	if err := guard.First(ctx, "Léa", "27182"); err != nil {
		t.Fatal(err)
	}
	if s := guard.State(); len(s.Supervisors) != 1 || s.Unlocked != "Léa" {
		t.Errorf("after the first PIN: %+v", s)
	}
	keep := func() error { return office.Directory.Keep(ctx, queue.CustomerSetting{ID: tenant, Name: "Contoso"}) }
	if err := keep(); err != nil {
		t.Errorf("unlocked: %v", err)
	}
	if err := guard.SetReview(ctx, queue.ReviewNone); err != nil {
		t.Error(err)
	}
	guard.Lock()
	if s := guard.State(); s.Unlocked != "" {
		t.Errorf("locked: %+v", s)
	}
	if err := keep(); !errors.Is(err, queue.ErrNeedsSupervisor) {
		t.Errorf("locked: %v", err)
	}
	if err := guard.Unlock(ctx, "Léa", "wrong one"); err == nil {
		t.Error("a wrong PIN unlocks")
	}
	if policy, err := guard.Review(ctx); err != nil || policy != queue.ReviewNone {
		t.Errorf("policy: %s, %v", policy, err)
	}
}
