package main_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"pkidstation/queue/partnercenter/partnercentertest"
)

// TestAReaderThatGoesAway closes standard output after a line, as head -1
// does: the demo ends, and leaves no folder behind.
func TestAReaderThatGoesAway(t *testing.T) {
	t.Parallel()
	data, temp := t.TempDir(), t.TempDir()
	cmd := asPkidctl(t, data, "demo")
	cmd.Env = append(cmd.Env, "TMPDIR="+temp)
	cmd.Stderr = nil
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.HasPrefix(line, "DEMO") {
		t.Fatalf("%q, %v", line, err)
	}
	_ = out.Close()
	if err := cmd.Wait(); err == nil {
		t.Error("the demo did not see that nobody reads")
	}
	for _, folder := range []string{temp, data} {
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("it leaves %v (%v)", left, err)
		}
	}
}

// TestASignalDuringTheDemo leaves no folder either.
func TestASignalDuringTheDemo(t *testing.T) {
	t.Parallel()
	temp := t.TempDir()
	cmd := asPkidctl(t, t.TempDir(), "demo")
	cmd.Env = append(cmd.Env, "TMPDIR="+temp)
	cmd.Stderr = nil
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	for range 3 {
		if _, err := lines.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	rest, _ := io.ReadAll(lines)
	_ = cmd.Wait()
	if strings.Contains(string(rest), "went as it should") {
		t.Error("the demo went on to its end")
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("it leaves %v (%v)", left, err)
	}
}

// TestVerdictsNobodyReads: what was read is kept, whether or not anybody
// listens to the verdict; the command ends then.
func TestVerdictsNobodyReads(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	cmd := asPkidctl(t, data, "scan", "--json", "--stdin", "--customer", oneCustomer)
	cmd.Stderr = nil
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(in, "]C03305123456781") //nolint:errcheck // the verdict tells
	if !bufio.NewScanner(out).Scan() {
		t.Fatal("no verdict")
	}
	_ = out.Close()
	fmt.Fprintln(in, "]C03305123456798") //nolint:errcheck // it may be gone
	if err := cmd.Wait(); err == nil {
		t.Error("it did not see that nobody reads")
	}
	_ = in.Close()
	if got := states(t, data); !strings.HasPrefix(got, "ready") {
		t.Errorf("the first is %q", got)
	}
	runIt(t, data, "", nil, "check").want(t, 0)
}

// TestASignalDuringScan: each line that was read has its verdict, the command
// ends with 0, and the reception stays open: the next scan goes on with it.
func TestASignalDuringScan(t *testing.T) {
	t.Parallel()
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			cmd := asPkidctl(t, data, "scan", "--json", "--stdin", "--customer", oneCustomer, "--order", "BL-1")
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			verdicts := bufio.NewScanner(out)
			for n := range 3 {
				fmt.Fprintf(in, "]C033051%08d\n", n) //nolint:errcheck // the verdict tells
				if !verdicts.Scan() || !strings.Contains(verdicts.Text(), `"accepted"`) {
					t.Fatalf("verdict %d: %s", n, verdicts.Text())
				}
			}
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("%v: %v", signal, err)
			}
			got := runIt(t, data, "]C03305123456781\n", nil, "scan", "--json", "--stdin", "--customer", oneCustomer, "--order", "BL-1")
			got.want(t, 0, `"number":4`)
			runIt(t, data, "]C03305123456798\n", nil, "scan", "--json", "--stdin", "--customer", oneCustomer, "--order", "BL-1").want(t, 0, `"number":1`)
		})
	}
}

// TestASignalDuringUpload: while it waits for a network that is not there, a
// signal ends it at once, and it still says where things stand.
func TestASignalDuringUpload(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	scanned(t, data, "]C03305123456781", "]C03305123456798")
	server, environ := simulator(t, partnercentertest.Options{})
	server.SetOutage(true)
	cmd := asPkidctl(t, data, "upload", "--until-settled")
	cmd.Env = append(cmd.Env, environ...)
	cmd.Env = append(cmd.Env, "PKIDSTATION_UPLOAD_RETRY_FIRST=1h", "PKIDSTATION_UPLOAD_RETRY_MAX=1h")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, nil
	progress, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	told := bufio.NewScanner(progress)
	for told.Scan() {
		if strings.Contains(told.Text(), "cannot be reached") || strings.Contains(told.Text(), "ffline") {
			break
		}
	}
	began := time.Now()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, progress)
	_ = cmd.Wait()
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it ended after %v", took)
	}
	all := objects(t, out.String())
	if len(all) != 1 {
		t.Fatalf("standard output is %q", out.String())
	}
	all[0].wantKeys(t, countKeys)
	if len(server.Ledger()) != 0 {
		t.Errorf("registered through an outage: %v", server.Ledger())
	}
	server.SetOutage(false)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0, `"registered":2`)
}
