package main_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pkidstation/cmd/internal/daily"
	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// TestTheMorningOfADesk: what the books, the connection and the backups say, and the
// report in the folder that is configured, in the station's language.
func TestTheMorningOfADesk(t *testing.T) {
	t.Parallel()
	cfg := byCSV()
	cfg.Station.Language, cfg.Station.Name, cfg.Report.Folder = "fr", "Quai 2", t.TempDir()
	cfg.Backup.Second = t.TempDir()
	d := desk(t, t.TempDir(), cfg)
	work := queue.Work{Customer: tenant, GroupTag: "STD", Order: "BL-1"}
	if err := d.Queue().SetCustomer(t.Context(), queue.CustomerSetting{ID: tenant, Name: "Contoso SARL"}, queue.Act{}); err != nil {
		t.Fatal(err)
	}
	queuetest.Fill(t, d.Queue(), work, 0, 3)
	port := d.Office().Morning
	m, err := port.Look(t.Context())
	if err != nil || m.Station != "Quai 2" || !m.Link.ByHand || m.Unsent.Count != 3 || len(m.Orders.Staying) != 1 || !m.Care.Elsewhere || len(m.Care.Wrong) == 0 {
		t.Errorf("%+v, %v", m, err)
	}
	report, err := port.WriteDaily(t.Context())
	if err != nil || report.Folder != cfg.Report.Folder || report.At != "07:00" || report.Name == "" || report.WrittenAt.IsZero() {
		t.Fatalf("%+v, %v", report, err)
	}
	page, err := os.ReadFile(filepath.Join(cfg.Report.Folder, report.Name+".html"))
	if err != nil || !strings.Contains(string(page), "Ne pas expédier") || !strings.Contains(string(page), "Contoso SARL") {
		t.Errorf("%v: %.500s", err, page)
	}
	if again := port.Daily(); again.Name != report.Name {
		t.Errorf("%+v", again)
	}
}

// TestAReportThatCannotBeWrittenIsSaid, and stops nothing.
func TestAReportThatCannotBeWrittenIsSaid(t *testing.T) {
	t.Parallel()
	cfg := byCSV()
	port := desk(t, t.TempDir(), cfg).Office().Morning
	if _, err := port.WriteDaily(t.Context()); !errors.Is(err, daily.ErrNoFolder) {
		t.Errorf("without a folder: %v", err)
	}
	cfg.Report.Folder = filepath.Join(t.TempDir(), "none")
	port = desk(t, t.TempDir(), cfg).Office().Morning
	if report, err := port.WriteDaily(t.Context()); !errors.Is(err, os.ErrNotExist) || !errors.Is(report.Err, os.ErrNotExist) {
		t.Errorf("%+v, %v", report, err)
	}
}
