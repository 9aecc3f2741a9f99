package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
	"pkidstation/queue/queuetest"
)

// hashFile is what Get-WindowsAutopilotInfo writes: a row for each serial number.
func hashFile(t *testing.T, rows map[string]autopilot.PKID) string {
	t.Helper()
	text := "Device Serial Number,Windows Product ID,Hardware Hash\r\n"
	for serial, pkid := range rows {
		text += serial + ",," + string(autopilottest.Hash(autopilot.HashContents{PKID: pkid, Serial: serial, Manufacturer: "HP"})) + "\r\n"
	}
	file := filepath.Join(t.TempDir(), "AutopilotHWID.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestQueueHash: a box without a PKID gets its hash from the script's file, is told
// why not, and goes out by it; no output has the hash, and no JSON a new key.
func TestQueueHash(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	q := queuetest.OpenIn(t, data)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: oneCustomer, GroupTag: "STD"}, "test")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, serial := range []string{"5CG4071QZ8", "5CG4071QZ9"} {
		v, err := q.Attach(t.Context(), queue.Part{Reception: r.ID, Serial: serial})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, v.Entry.ID)
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	list := hashFile(t, map[string]autopilot.PKID{"5CG4071QZ8": "3305123456781", "5CG4071QZ7": "3305123456798"})
	runIt(t, data, "", nil, "queue", "hash", ids[0], "--by", "Ana").want(t, 2, "--file")
	runIt(t, data, "", nil, "queue", "hash", ids[1], "--file", list, "--by", "Ana").want(t, 2, "2 hardware hashes, of which 0")
	other := hashFile(t, map[string]autopilot.PKID{"5CG4071QZ8": "3305123456781"})
	runIt(t, data, "", nil, "queue", "hash", ids[1], "--file", other, "--by", "Ana").want(t, 1, "not the one inside the hardware hash")
	got := runIt(t, data, "", nil, "queue", "hash", ids[0], "--file", list, "--by", "Ana", "--json")
	got.want(t, 0, "is not recommended. Use the PKID on the box.")
	if all := objects(t, got.out); len(all) != 1 || all[0].word(t, "state") != "held" || strings.Contains(got.out+got.errors, "AAoA6ANG") || strings.Contains(got.out, `"hash"`) {
		t.Errorf("it says %s%s", got.out, got.errors)
	}
	runIt(t, data, "", nil, "queue", "release", ids[0], "--by", "Ana").want(t, 0)
	file := filepath.Join(t.TempDir(), "a.csv")
	runIt(t, data, "", nil, "export", "partner-center", "--customer", oneCustomer, "--out", file).want(t, 0, "1 device written")
	text, err := os.ReadFile(file)
	if err != nil || !strings.HasPrefix(strings.Split(string(text), "\r\n")[1], "5CG4071QZ8,,T0") {
		t.Errorf("%.200s, %v", text, err)
	}
	runIt(t, data, "", nil, "export", "confirm", file, "--by", "Ana", "--refused", "3305123456781=802").want(t, 3, "1 device rejected")
	for _, e := range objects(t, runIt(t, data, "", nil, "queue", "list", "--json").out) {
		if _, there := e["hash"]; there {
			t.Errorf("a new key: %v", e)
		}
	}
}

// TestQueueHashOfAnotherRow: what the list says of the device beside its hash counts
// as what is in the hash does, of which nobody knows whether it is all there.
func TestQueueHashOfAnotherRow(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	q := queuetest.OpenIn(t, data)
	ids := queuetest.Fill(t, q, queue.Work{Customer: oneCustomer, GroupTag: "STD"}, 1, 1)
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	bare := string(autopilottest.Hash(autopilot.HashContents{Manufacturer: "HP"}))
	for name, row := range map[string]string{
		"another PKID": "5CG4071QZ8,3305123456798," + bare, "a hash that is cut": "5CG4071QZ8,," + bare[:3000] + "!" + bare[3001:],
	} {
		file := filepath.Join(t.TempDir(), "list.csv")
		if err := os.WriteFile(file, []byte("Device Serial Number,Windows Product ID,Hardware Hash\r\n"+row+"\r\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		got := runIt(t, data, "", nil, "queue", "hash", ids[0], "--file", file, "--by", "Ana")
		if got.code == 0 || strings.Contains(got.out+got.errors, bare[:40]) || strings.Contains(got.out+got.errors, "3305123456798") {
			t.Errorf("%s: exit %d, %s%s", name, got.code, got.out, got.errors)
		}
	}
	fifo := filepath.Join(t.TempDir(), "folder")
	if err := os.Mkdir(fifo, 0o700); err != nil {
		t.Fatal(err)
	}
	runIt(t, data, "", nil, "queue", "hash", ids[0], "--file", fifo, "--by", "Ana").want(t, 1)
}
