package main_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/creack/pty"
)

// TestSerial sends a thousand codes through a pseudo terminal, tarm/serial and
// the queue, then pulls the plug.
func TestSerial(t *testing.T) {
	t.Parallel()
	const codes = 1000
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	cmd := asPkidctl(t, data, "scan", "--json", "--customer", oneCustomer, "--serial", slave.Name())
	cmd.Stderr = nil
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for n := range codes {
			fmt.Fprintf(master, "]C033051%08d\r", n) //nolint:errcheck // the verdicts tell
		}
	}()
	verdicts := bufio.NewScanner(out)
	for n := range codes {
		var v verdictLine
		if !verdicts.Scan() || json.Unmarshal(verdicts.Bytes(), &v) != nil {
			t.Fatalf("%d verdicts of %d: %v", n, codes, verdicts.Err())
		}
		if want := fmt.Sprintf("33051%08d", n); v.Verdict != "accepted" || v.PKID != want {
			t.Fatalf("verdict %d is %+v, not for %s", n, v, want)
		}
	}
	if err := slave.Close(); err != nil {
		t.Fatal(err)
	}
	if err := master.Close(); err != nil {
		t.Fatal(err)
	}
	for verdicts.Scan() {
		t.Errorf("one verdict too many: %s", verdicts.Text())
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("a lost scanner ended it with %v", err)
	}
	if n := len(listIDs(t, data)); n != codes {
		t.Errorf("%d entries of %d", n, codes)
	}
}
