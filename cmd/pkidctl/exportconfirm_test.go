package main_test

import (
	"archive/zip"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/export"
	"pkidstation/queue/queuetest"
)

// A made is a device without a PKID.
type made struct{ serial, maker, model string }

// withTuples makes a data folder with devices that have no PKID.
func withTuples(t *testing.T, devices ...made) string {
	t.Helper()
	data := t.TempDir()
	q := queuetest.OpenIn(t, data)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: oneCustomer, GroupTag: "STD"}, "test")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range devices {
		v, err := q.Attach(t.Context(), queue.Part{Reception: r.ID, Serial: d.serial, Maker: d.maker})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := q.Attach(t.Context(), queue.Part{Reception: r.ID, Into: v.Entry.ID, Model: d.model}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := q.CloseBox(t.Context(), v.Entry.ID, "test", true); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := q.CloseReception(t.Context(), r.ID, "test"); err != nil {
		t.Fatal(err)
	}
	var held []string
	for e, err := range q.List(t.Context(), queue.Filter{States: []queue.State{queue.Held}}) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Identified() {
			held = append(held, e.ID)
		}
	}
	if err := q.Release(t.Context(), held, queue.Act{By: "test"}); err != nil {
		t.Fatal(err)
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	return data
}

// TestExportAndConfirmTuples: devices without a PKID are named by their serial
// numbers; a row that the file cannot hold is refused, the rest is exported.
func TestExportAndConfirmTuples(t *testing.T) {
	t.Parallel()
	data := withTuples(
		t, made{"012345 67", export.SurfaceMaker, "Surface Laptop"}, made{"PF0ABC12", "LENOVO", "20XW00ABFR"},
		made{"S3", "ACME, Inc.", "Book"}, made{"S4", "ACME", `14" Book`}, made{"=S5", "ACME", "Book"},
	)
	file := filepath.Join(t.TempDir(), "a.csv")
	runIt(t, data, "", nil, "export", "partner-center", "--customer", oneCustomer, "--out", file).
		want(t, 3, "2 devices written", "it has a comma", "it has a quotation mark", "take it for a formula")
	wantFile(t, file, export.Header+"\r\n012345 67,,,Microsoft Corporation,Surface Laptop\r\nPF0ABC12,,,LENOVO,20XW00ABFR\r\n")
	runIt(t, data, "", nil, "export", "confirm", file, "--by", "Ana", "--refused", "S3=812").want(t, 2, "no such device")
	runIt(t, data, "", nil, "export", "confirm", file, "--by", "Ana", "--refused", "PF0ABC12=812").
		want(t, 3, "1 device registered", "1 device rejected", "Box 2, code 812")
	if got := states(t, data); got != "registered rejected ready ready ready" {
		t.Errorf("now %s", got)
	}
	runIt(t, data, "", nil, "export", "confirm", file, "--by", "Ana").want(t, 0, "Nothing to do")
}

// TestExportSurface: without --state the Surface devices, whatever their model.
func TestExportSurface(t *testing.T) {
	t.Parallel()
	data := withTuples(t, made{"012345678957", export.SurfaceMaker, "Surface Laptop"}, made{"PF0ABC12", "LENOVO", "20XW00ABFR"})
	out := filepath.Join(t.TempDir(), "pack.ZIP")
	args := []string{"export", "surface", "--customer", oneCustomer, "--out", out}
	runIt(t, data, "", nil, "customers", "set", oneCustomer, "--name", "Contoso").want(t, 0)
	runIt(t, data, "", nil, args...).want(t, 2, "--domain")
	before := states(t, data)
	runIt(t, data, "", nil, append(args, "--domain", "contoso.com")...).want(t, 0, "1 serial number")
	if after := states(t, data); after != before {
		t.Errorf("%s, it was %s", after, before)
	}
	pack, err := zip.OpenReader(out)
	if err != nil {
		t.Fatal(err)
	}
	defer pack.Close() //nolint:errcheck // it was only read
	serials, err := fs.ReadFile(pack, "serials.csv")
	if err != nil || string(serials) != "012345678957\r\n" {
		t.Errorf("%q, %v", serials, err)
	}
	for _, language := range []string{"en", "fr"} {
		text, err := fs.ReadFile(pack, "checklist-"+language+".txt")
		if err != nil || !strings.Contains(string(text), oneCustomer) || !strings.Contains(string(text), export.SurfaceForm) || strings.Contains(string(text), "[surface") {
			t.Errorf("%s, %v", text, err)
		}
	}
	runIt(t, data, "", nil, append(args, "--domain", "contoso.com")...).want(t, 1, "already")
}

// TestExportOverNothing: where every row is refused, a file of that name that is
// there already stays, and so does the queue.
func TestExportOverNothing(t *testing.T) {
	t.Parallel()
	data := withTuples(t, made{"S3", "ACME, Inc.", "Book"})
	file := filepath.Join(t.TempDir(), "mine.csv")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := runIt(t, data, "", nil, "export", "partner-center", "--customer", oneCustomer, "--out", file)
	if got.want(t, 3, "comma"); got.out != "" {
		t.Errorf("it says %s", got.out)
	}
	wantFile(t, file, "mine")
	if got := states(t, data); got != "ready" {
		t.Errorf("now %s", got)
	}
}

// TestConfirmTellsWhatMovedOn: a device that somebody discarded after its
// rejection is told, and left.
func TestConfirmTellsWhatMovedOn(t *testing.T) {
	t.Parallel()
	data := filled(t, 2)
	file := filepath.Join(t.TempDir(), "a.csv")
	runIt(t, data, "", nil, "export", "partner-center", "--customer", oneCustomer, "--out", file).want(t, 0)
	refused := string(queuetest.PKID(1)) + "=812"
	runIt(t, data, "", nil, "export", "confirm", file, "--by", "Ana", "--refused", refused).want(t, 3)
	runIt(t, data, "", nil, "queue", "discard", "--all", "--state", "rejected", "--by", "Ana").want(t, 0)
	runIt(t, data, "", []string{"LANG=fr_FR.UTF-8"}, "export", "confirm", file, "--by", "Ana").
		want(t, 3, "1 appareil est «\u00a0Écarté\u00a0» et le reste (carton 2)", "Rien n'a changé")
}
