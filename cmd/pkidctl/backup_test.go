package main_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
)

// TestBackupAndRestore: a backup is made while a station has the queue, is not
// written over, and is restored elsewhere, where it is another station's.
func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "b.gz")
	run := func(folder, stdin string, args ...string) result { return runIt(t, folder, stdin, nil, args...) }
	run(data, "", "backup", file).want(t, 1, "no queue")
	run(data, "3305123456781\n3305123456798\n", "scan", "--stdin", "--customer", oneCustomer).want(t, 0)
	q, err := queue.Open(data, queue.Options{Station: "dock", Program: "pkidstation"})
	if err != nil {
		t.Fatal(err)
	}
	made := run(data, "", "backup", file, "--json")
	if made.want(t, 0); !json.Valid([]byte(made.out)) || !strings.Contains(made.out, `"ready":2`) {
		t.Errorf("%s", made.out)
	}
	run(data, "", "backup", file).want(t, 1, "already")
	run(data, "", "backup", file, "--force").want(t, 0, "2 boxes")
	run(data, "", "restore", file).want(t, 1, "in use by pkidstation")
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}

	other := t.TempDir()
	run(other, "", "restore", file, "--by", "Ana").want(t, 0, "2 boxes are restored", "looked for at Partner Center")
	run(other, "", "check").want(t, 0)
	if listed := run(other, "", "queue", "list", "--json"); strings.Count(listed.out, "\n") != 2 {
		t.Errorf("%+v", listed)
	}
	run(data, "", "restore", file).want(t, 0, "is kept in")
	if kept, err := filepath.Glob(filepath.Join(data, "before-restore-*", queue.FileName)); err != nil || len(kept) != 1 {
		t.Errorf("%v, %v", kept, err)
	}

	csv := t.TempDir()
	if err := os.WriteFile(filepath.Join(csv, "station.toml"), []byte("[partner_center]\nway = \"csv\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run(csv, "", "restore", file).want(t, 3, "2 boxes were ready then and are held")
	if listed := run(csv, "", "queue", "list", "--json"); strings.Count(listed.out, `"reason":"restored"`) != 2 {
		t.Errorf("%+v", listed)
	}
	bad := filepath.Join(t.TempDir(), "bad")
	if err := os.WriteFile(bad, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	run(csv, "", "restore", bad).want(t, 1, "no whole backup")
}

// TestDoctorStation: without a backup it says so calmly; another data folder with
// unsent boxes needs a person, and scan announces it too.
func TestDoctorStation(t *testing.T) {
	t.Parallel()
	data, home := t.TempDir(), t.TempDir()
	environ := []string{"XDG_DATA_HOME=" + home}
	run := func(folder, stdin string, args ...string) result { return runIt(t, folder, stdin, environ, args...) }
	run(data, "3305123456781\n", "scan", "--stdin", "--customer", oneCustomer).want(t, 0)
	run(data, "", "doctor", "station").want(t, 0, "no backup yet", "on this PC only")
	q, err := queue.Open(data, queue.Options{Station: "dock", Program: "pkidstation"})
	if err != nil {
		t.Fatal(err)
	}
	backups := filepath.Join(data, "backups")
	if err := os.Mkdir(backups, 0o700); err != nil {
		t.Fatal(err)
	}
	made := filepath.Join(backups, "pkidstation-1a2b-000001-"+time.Now().Add(-72*time.Hour).UTC().Format("20060102T150405")+".backup")
	if err := os.WriteFile(made, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	run(data, "", "doctor", "station").want(t, 3, "The last backup is 3")
	if err := errors.Join(os.Remove(made), q.Close()); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(home, "pkidstation")
	run(other, "3305123456798\n", "scan", "--stdin", "--customer", oneCustomer).want(t, 0)
	run(data, "", "doctor", "station").want(t, 3, "1 box that was not sent")
	run(data, "3305123456804\n", "scan", "--stdin", "--customer", oneCustomer).want(t, 0, "1 box that was not sent")
	full := []string{environ[0], "PKIDSTATION_DISK_STOP=1048576"}
	runIt(t, data, "", full, "doctor", "station").want(t, 3, "Not taken")
	if got := runIt(t, data, "3305123456811\n", full, "scan", "--stdin", "--customer", oneCustomer); got.code != 1 {
		t.Errorf("%+v", got)
	}
}
