package main_test

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// simulating starts pkidctl simulate and gives its address.
func simulating(t *testing.T, args ...string) (*exec.Cmd, string) {
	t.Helper()
	cmd := asPkidctl(t, t.TempDir(), append([]string{"simulate", "--job-time", "1ms"}, args...)...)
	cmd.Stderr = nil
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimSpace(line)
	if !strings.HasPrefix(address, "http://127.0.0.1:") {
		t.Fatalf("it listens on %q", address)
	}
	return cmd, address
}

func get(t *testing.T, address string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close() //nolint:errcheck // a test
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// TestSimulate: pkidctl against pkidctl, with a token, a customer and an
// answer for a device; the ledger says what was truly registered.
func TestSimulate(t *testing.T) {
	t.Parallel()
	cmd, address := simulating(t, "--token", "opensesame", "--customer", oneCustomer, "--device", "3305123456798=808")
	data := t.TempDir()
	scanned(t, data, "]C03305123456781", "]C03305123456798")
	environ := []string{"PKIDSTATION_PARTNER_CENTER_URL=" + address, "PKIDSTATION_UPLOAD_POLL_FIRST=10ms"}
	runIt(t, data, "", append(environ, "PKIDSTATION_ACCESS_TOKEN=wrong"), "upload").want(t, 3, `"ready":2`)
	environ = append(environ, "PKIDSTATION_ACCESS_TOKEN=opensesame")
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3, `"registered":1,"rejected":1`)
	got := runIt(t, data, "", environ, "customers", "--json")
	got.want(t, 0)
	if all := objects(t, got.out); len(all) != 1 || all[0].word(t, "id") != oneCustomer {
		t.Errorf("customers:\n%s", got.out)
	}
	runIt(t, data, "", environ, "customers").want(t, 0, oneCustomer)
	for page, lines := range map[string]int{"ledger": 1, "rows": 2} {
		status, text := get(t, address+"/simulator/"+page)
		all := objects(t, text)
		if status != http.StatusOK || len(all) != lines || all[0].word(t, "pkid") != "3305123456781" || all[0].word(t, "customer") != oneCustomer {
			t.Errorf("%s: %d\n%s", page, status, text)
		}
	}
	if _, text := get(t, address+"/simulator/requests"); strings.Contains(text, "opensesame") || !strings.Contains(text, "redacted") {
		t.Error("the requests' page shows the token")
	}
	if status, _ := get(t, address+"/simulator/nothing"); status != http.StatusNotFound {
		t.Errorf("another page: %d", status)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("a signal ends it with %v", err)
	}
}

func TestSimulateUsage(t *testing.T) {
	t.Parallel()
	for args, code := range map[string]int{
		"--faults -0.1": 2, "--faults 1.1": 2, "--faults many": 2, "--customer a/b": 2, "--device 123=808": 2, "--device 3305123456781": 2,
		"--listen 192.0.2.1:0": 1, "--listen nonsense": 1, "--seed -1": 2, "extra": 2,
	} {
		runIt(t, t.TempDir(), "", nil, append([]string{"simulate"}, strings.Fields(args)...)...).want(t, code)
	}
}

// TestCustomersSet: a customer's tag counts for entries without one, the last
// one set, and not for those that have their own.
func TestCustomersSet(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ := simulator(t, partnercentertest.Options{})
	runIt(t, data, "]C03305123456781\n", nil, "scan", "--stdin", "--customer", oneCustomer).want(t, 0)
	scanned(t, data, "]C03305123456798")
	for _, tag := range []string{"OLD", "NEW"} {
		runIt(t, data, "", nil, "customers", "set", oneCustomer, "--name", "Contoso SARL", "--group-tag", tag).want(t, 0)
	}
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0, `"registered":2`)
	got := map[string]string{}
	for _, commit := range server.Ledger() {
		got[string(commit.PKID)] = commit.Batch
	}
	if got["3305123456781"] != "NEW" || got["3305123456798"] != "STD" {
		t.Errorf("the batches: %v", got)
	}
	for args, code := range map[string]int{
		"": 2, "a/b": 2, "a.example b.example": 2, "a.example --group-tag a/b": 2, "a.example --tag a/b": 2, "a.example --reseller a/b": 2,
	} {
		runIt(t, data, "", nil, append([]string{"customers", "set"}, strings.Fields(args)...)...).want(t, code)
	}
}

// TestConfigIsLoadable: what config prints is a station.toml that changes
// nothing, and every line of it says what a setting is for.
func TestConfigIsLoadable(t *testing.T) {
	t.Parallel()
	got := runIt(t, t.TempDir(), "", nil, "config")
	got.want(t, 0, "[upload]", "poll_first")
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, config.FileName), []byte(got.out), 0o600); err != nil {
		t.Fatal(err)
	}
	loaded, err := config.Load(data, nil)
	if err != nil || loaded.Upload != config.Default().Upload {
		t.Errorf("loaded as %+v, %v", loaded, err)
	}
	runIt(t, data, "", nil, "queue", "list").want(t, 0)
}

// TestCompletion: the shells' scripts are made, bash takes its own, and the
// commands are offered.
func TestCompletion(t *testing.T) {
	t.Parallel()
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		runIt(t, t.TempDir(), "", nil, "completion", shell).want(t, 0, "pkidctl")
	}
	if bash, err := exec.LookPath("bash"); err == nil {
		cmd := exec.CommandContext(t.Context(), bash, "-n")
		cmd.Stdin = strings.NewReader(runIt(t, t.TempDir(), "", nil, "completion", "bash").out)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("bash: %v: %s", err, out)
		}
	}
	runIt(t, t.TempDir(), "", nil, "__complete", "queue", "").want(t, 0, "release", "hold", "discard", "retry", "assign", "undo", "list", "show")
	runIt(t, t.TempDir(), "", nil, "__complete", "").want(t, 0, "scan", "upload", "decode", "check", "demo", "export", "simulate")
}
