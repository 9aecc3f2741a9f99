package main_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/typed"
	"pkidstation/cmd/internal/uplink"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/ui"
)

// ready captures boxes for the tenant and closes their reception.
func ready(t *testing.T, q *queue.Queue, pkids ...string) {
	t.Helper()
	r := open(t, q, "BL-1")
	for _, pkid := range pkids {
		capture(t, q, r, pkid, "")
	}
	if _, err := q.CloseReception(t.Context(), r.ID, "Ana"); err != nil {
		t.Fatal(err)
	}
}

// TestTheWebSitesWay from the file to the removal, by the window's ports.
func TestTheWebSitesWay(t *testing.T) {
	t.Parallel()
	d := desk(t, t.TempDir(), byCSV())
	office, ctx := d.Office(), t.Context()
	if err := office.Directory.Keep(ctx, queue.CustomerSetting{ID: tenant, Name: "Contoso SARL", GroupTag: "CONTOSO-STD"}); err != nil {
		t.Fatal(err)
	}
	ready(t, d.Queue(), "3305123456781", "3305123456788")
	path := filepath.Join(t.TempDir(), filepath.Base(office.Files.Path(tenant, "CONTOSO-STD")))
	if name := filepath.Base(path); !strings.HasPrefix(name, "Contoso-SARL-CONTOSO-STD-") || !strings.HasSuffix(name, ".csv") {
		t.Errorf("proposed %q", name)
	}
	if none, err := office.Files.Write(ctx, tenant, "OTHER", path); err != nil || len(none.Entries) > 0 {
		t.Errorf("another tag: %+v, %v", none, err)
	}
	written, err := office.Files.Write(ctx, tenant, "CONTOSO-STD", path)
	if err != nil || len(written.Entries) != 2 {
		t.Fatalf("wrote %+v, %v", written, err)
	}
	if text, err := os.ReadFile(path); err != nil || strings.Count(string(text), "\r\n") != 3 {
		t.Errorf("file %q, %v", text, err)
	}
	outcomes := []queue.Outcome{{Entry: written.Entries[0], Registered: true}, {Entry: written.Entries[1], Code: "808"}}
	if err := office.Files.Confirm(ctx, outcomes, "VK7JG-NPHTM-C97JM-9MPGT-3V66T"); !errors.Is(err, typed.ErrSecret) {
		t.Errorf("a product key as a name: %v", err)
	}
	if err := office.Files.Confirm(ctx, outcomes, "Ana"); err != nil {
		t.Fatal(err)
	}
	taken := written.Entries[:1]
	if err := office.Removals.Remove(ctx, taken, true, "mauvais client"); err != nil {
		t.Fatal(err)
	}
	if open, err := office.Removals.Open(ctx); err != nil || len(open) != 1 || !open[0].OnSite {
		t.Errorf("open %+v, %v", open, err)
	}
	if err := office.Removals.OnSite(ctx, taken); err != nil {
		t.Fatal(err)
	}
	counts, err := d.Queue().Counts(ctx)
	if err != nil || counts.Removed != 1 || counts.Rejected != 1 {
		t.Errorf("counts %+v, %v", counts, err)
	}
	if _, err := office.Relations.Link(ctx); !errors.Is(err, uplink.ErrCSVOnly) {
		t.Errorf("a link by the web site's way: %v", err)
	}
}

// TestAFileIsNeverWrittenOver: what is there stays, and so do the entries.
func TestAFileIsNeverWrittenOver(t *testing.T) {
	t.Parallel()
	d := desk(t, t.TempDir(), byCSV())
	ready(t, d.Queue(), "3305123456781")
	path := filepath.Join(t.TempDir(), "there.csv")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Office().Files.Write(t.Context(), tenant, "CONTOSO-STD", path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("gave %v", err)
	}
	counts, err := d.Queue().Counts(t.Context())
	text, read := os.ReadFile(path)
	if err != nil || read != nil || counts.Ready != 1 || string(text) != "mine" {
		t.Errorf("%+v, %q, %v %v", counts, text, err, read)
	}
}

// TestDirectory: a person's word stays whatever a file or Partner Center says.
func TestDirectory(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{
		Customers: []autopilot.Customer{{ID: tenant, Name: "CONTOSO S.A.R.L.", Relationship: autopilot.RelationshipReseller}},
	})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	cfg := config.Default()
	cfg.PartnerCenter.URL, cfg.AccessToken = server.URL(), "x"
	d := desk(t, t.TempDir(), cfg)
	office, ctx := d.Office(), t.Context()
	if err := office.Directory.Keep(ctx, queue.CustomerSetting{ID: tenant, Name: "Contoso SARL", GroupTag: "STD", Tags: []autopilot.GroupTag{"KIOSK"}}); err != nil {
		t.Fatal(err)
	}
	sheet := filepath.Join(t.TempDir(), "customers.csv")
	text := "tenant id;name;group tags\n" + tenant + ";Contoso;OTHER\n22222222-2222-4222-8222-222222222222;Fabrikam;FAB\nnot an id!;Nobody;\n"
	if err := os.WriteFile(sheet, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	done, err := office.Directory.Import(ctx, sheet)
	if err != nil || done.Taken != 2 || done.Fresh != 1 || len(done.Refused) != 1 || done.Refused[0].Row != 4 {
		t.Errorf("imported %+v, %v", done, err)
	}
	if _, err := office.Directory.Import(ctx, t.TempDir()); err == nil {
		t.Error("a folder was imported")
	}
	if _, err := office.Directory.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if relation, err := office.Relations.Check(ctx, tenant); err != nil || relation != autopilot.RelationshipReseller {
		t.Errorf("checked: %s, %v", relation, err)
	}
	if link, err := office.Relations.Link(ctx); err != nil || !strings.HasPrefix(link, "https://") {
		t.Errorf("link %q, %v", link, err)
	}
	c, err := d.Queue().Customer(ctx, tenant)
	if err != nil || c.Name != "Contoso SARL" || c.GroupTag != "STD" || len(c.Tags) != 2 || c.Relationship != autopilot.RelationshipReseller {
		t.Errorf("kept %+v, %v", c, err)
	}
}

// TestAcceptedEndsThePause of that customer alone.
func TestAcceptedEndsThePause(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{
		Customers: []autopilot.Customer{{ID: tenant, Name: "Contoso", Relationship: autopilot.RelationshipReseller}},
	})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	cfg := config.Default()
	cfg.PartnerCenter.URL, cfg.AccessToken = server.URL(), "x"
	d := desk(t, t.TempDir(), cfg)
	ctx := t.Context()
	for _, id := range []autopilot.TenantID{tenant, "fabrikam.example"} {
		if err := d.Queue().SetPause(ctx, queue.Pause{Customer: id, Reason: queue.NoRelationship}); err != nil {
			t.Fatal(err)
		}
	}
	relations := d.Office().Relations
	if _, err := relations.Check(ctx, tenant); err != nil {
		t.Fatal(err)
	}
	if pauses, err := relations.Pauses(ctx); err != nil || len(pauses) != 1 || pauses[0].Customer != "fabrikam.example" {
		t.Errorf("paused %+v, %v", pauses, err)
	}
}

// TestListOfAMark gives as many as are wanted of those alone that have it.
func TestListOfAMark(t *testing.T) {
	t.Parallel()
	d := desk(t, t.TempDir(), byCSV())
	ready(t, d.Queue(), "3305123456781", "3305123456788", "3305123456795")
	written, err := d.Office().Files.Write(t.Context(), tenant, "CONTOSO-STD", filepath.Join(t.TempDir(), "a.csv"))
	if err != nil {
		t.Fatal(err)
	}
	outcomes := []queue.Outcome{{Entry: written.Entries[0], Code: "808"}, {Entry: written.Entries[1], Registered: true}, {Entry: written.Entries[2], Registered: true}}
	if err := d.Office().Files.Confirm(t.Context(), outcomes, "Ana"); err != nil {
		t.Fatal(err)
	}
	_, _, entries, _, _ := d.Ports()
	for limit, want := range map[int]int{0: 2, 1: 1, 5: 2} {
		got, err := entries.List(t.Context(), ui.Wanted{Filter: queue.Filter{Limit: limit}, Mark: queue.ConfirmedByHand})
		if err != nil || len(got) != want {
			t.Errorf("limit %d: %d, %v", limit, len(got), err)
		}
		var seqs []uint64
		for b, err := range entries.Briefs(t.Context(), ui.Wanted{Filter: queue.Filter{Limit: limit}, Mark: queue.ConfirmedByHand}) {
			if err != nil || b.Reason != queue.ConfirmedByHand {
				t.Errorf("in brief: %+v, %v", b, err)
			}
			seqs = append(seqs, b.Seq)
		}
		full, err := entries.At(t.Context(), seqs)
		if diff := cmp.Diff(got, full); diff != "" || err != nil {
			t.Errorf("limit %d, in full by their briefs: %v (-want +got):\n%s", limit, err, diff)
		}
	}
}
