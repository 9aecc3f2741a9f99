package main_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	pkidctl "pkidstation/cmd/pkidctl"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

const oneCustomer = "11111111-aaaa-4aaa-8aaa-111111111111"

// result is how a command ended.
type result struct {
	code        int
	out, errors string
}

// runIt runs a command in this process.
func runIt(t *testing.T, data, stdin string, environ []string, args ...string) result {
	t.Helper()
	var out, complaints sharedBuffer
	process := asPkidctl(t, data, args...)
	process.Env = append(process.Env, environ...)
	code := pkidctl.Run(t.Context(), args, strings.NewReader(stdin), &out, &complaints, process.Environ())
	return result{code: code, out: out.String(), errors: complaints.String()}
}

// A sharedBuffer is written to from several goroutines, as a process's standard
// error is.
type sharedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *sharedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *sharedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// runProcess runs one in a process of its own.
func runProcess(t *testing.T, data, stdin string, environ []string, args ...string) result {
	t.Helper()
	cmd := asPkidctl(t, data, args...)
	var out, complaints bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &complaints
	cmd.Env = append(cmd.Env, environ...)
	err := cmd.Run()
	if _, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
		t.Fatal(err)
	}
	return result{code: cmd.ProcessState.ExitCode(), out: out.String(), errors: complaints.String()}
}

func (r result) want(t *testing.T, code int, words ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit %d, want %d\n%s%s", r.code, code, r.out, r.errors)
	}
	for _, w := range words {
		if !strings.Contains(r.out+r.errors, w) {
			t.Errorf("it does not say %q:\n%s%s", w, r.out, r.errors)
		}
	}
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args string
		code int
		say  string
	}{
		{"version", 0, "pkidctl"},
		{"check", 1, ""}, // there is no queue to check
		{"", 2, "command is missing"},
		{"bogus", 2, "unknown command"},
		{"queue", 2, "needs one of its commands"},
		{"queue list --nope", 2, "unknown flag"},
		{"queue list extra", 2, "extra"},
		{"queue list --state sold", 2, "discarded"},
		{"queue list --customer a/b", 2, "Microsoft ID"},
		{"queue show", 2, "arg"},
		{"queue show nothing", 1, "no such box"},
		{"queue undo --by Ana", 1, "Nothing to undo"},
		{"scan", 2, "stdin"},
		{"scan --stdin --serial x", 2, "stdin"},
		{"scan --stdin --group-tag a/b", 2, "group tag"},
		{"scan --serial /dev/null@fast", 2, ""},
		{"scan --serial /dev/null", 1, "not a serial port"},
		{"scan --camera front-door", 1, "camera"},
		{"decode", 2, "arg"},
		{"decode nowhere.png", 1, "nowhere.png"},
		{"export partner-center", 2, "--customer"},
		{"simulate --faults 2", 2, "between 0 and 1"},
		{"simulate --listen 0.0.0.0:0", 2, "this machine only"},
		{"upload", 3, "PKIDSTATION_ACCESS_TOKEN"},
	} {
		t.Run(tt.args, func(t *testing.T) {
			t.Parallel()
			runProcess(t, t.TempDir(), "", nil, strings.Fields(tt.args)...).want(t, tt.code, tt.say)
		})
	}
}

func TestASecondProcessIsToldWhoHasTheQueue(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	first := asPkidctl(t, data, "scan", "--json", "--stdin")
	in, err := first.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := first.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(in, "]C03305123456781") //nolint:errcheck // the verdict below tells
	if !bufio.NewScanner(out).Scan() {
		t.Fatal("no verdict")
	}
	began := time.Now()
	runIt(t, data, "", nil, "queue", "list").want(t, 1, "in use by pkidctl", strconv.Itoa(first.Process.Pid))
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
	// A signal ends it cleanly, and the queue is free.
	if err := first.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := first.Wait(); err != nil {
		t.Errorf("SIGTERM: %v", err)
	}
	runIt(t, data, "", nil, "queue", "list").want(t, 0, "3305123456781")
}

func TestAMegabyteIsRefused(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	runIt(t, data, strings.Repeat("9", 1<<20)+"\n]C03305123456781\n", nil, "scan", "--json", "--stdin", "--customer", oneCustomer).
		want(t, 0, `"reason":"too-long"`, `"verdict":"accepted"`)
}

func TestUpload(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{
		Directory: func(d autopilot.Device) autopilot.Code {
			if d.PKID == "3305123456798" {
				return autopilot.CodeOtherTenant
			}
			return ""
		},
	})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	data := t.TempDir()
	environ := []string{
		"PKIDSTATION_PARTNER_CENTER_URL=" + server.URL(), "PKIDSTATION_ACCESS_TOKEN=secret-token",
		"PKIDSTATION_UPLOAD_POLL_FIRST=20ms", "PKIDSTATION_UPLOAD_RETRY_FIRST=20ms", "PKIDSTATION_UPLOAD_RETRY_MAX=100ms",
	}
	codes := "]C03305123456781\n]C03305123456798\n"
	runIt(t, data, codes, nil, "scan", "--stdin", "--customer", oneCustomer)
	// Without a group tag nothing is sent, and it says so.
	runIt(t, data, "", environ, "upload").want(t, 3, "group tag", `"ready":2`)
	runIt(t, data, "", nil, "customers", "set", oneCustomer, "--group-tag", "STD").want(t, 0)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3, `"registered":1,"rejected":1`)
	if l := server.Ledger(); len(l) != 1 || l[0].PKID != "3305123456781" || l[0].Customer != oneCustomer || l[0].Batch != "STD" {
		t.Errorf("ledger: %+v", l)
	}
	runIt(t, data, "", nil, "queue", "list", "--json", "--state", "rejected").want(t, 0, `"code":"808"`)
	runIt(t, data, "", environ, "customers", "--json").want(t, 0)
	_ = server.Close()
	runIt(t, data, "", nil, "queue", "retry", "--all", "--by", "Lea")
	runIt(t, data, "", environ, "upload").want(t, 4, `"ready":`)
}

func TestScanUploads(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	environ := []string{"PKIDSTATION_PARTNER_CENTER_URL=" + server.URL(), "PKIDSTATION_ACCESS_TOKEN=x"}
	runIt(t, t.TempDir(), "]C03305123456781\n", environ, "scan", "--upload", "--stdin", "--customer", oneCustomer, "--group-tag", "STD").want(t, 0)
	if l := server.Ledger(); len(l) != 1 {
		t.Errorf("ledger: %+v", l)
	}
}

func TestExport(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	file := filepath.Join(t.TempDir(), "devices.csv")
	args := []string{"export", "partner-center", "--customer", oneCustomer, "--out", file}
	runIt(t, data, "", nil, args...).want(t, 0, "Nothing is ready")
	runIt(t, data, "]C03305123456781\n", nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "A")
	runIt(t, data, "]C03305123456798\n", nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "B")
	runIt(t, data, "", nil, args...).want(t, 2, "A, B", "--group-tag")
	runIt(t, data, "", nil, append(args, "--group-tag", "A")...).want(t, 0, "1 device")
	wantFile(t, file, "Device Serial Number,Windows Product ID,Hardware Hash,Manufacturer name,Device model\r\n,3305123456781,,,\r\n")
	runIt(t, data, "", nil, "queue", "list", "--json", "--state", "exported").want(t, 0, "3305123456781")
	runIt(t, data, "", nil, append(args, "--group-tag", "B")...).want(t, 1, "already")
	runIt(t, data, "", nil, "queue", "list", "--json", "--state", "ready").want(t, 0, "3305123456798")
}
