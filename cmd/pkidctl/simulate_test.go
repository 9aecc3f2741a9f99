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

// told asks the model and gives status and body.
func told(t *testing.T, method, address, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer x")
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

const (
	simulatedOther    = "b2c5a3aa-0a3b-4c3f-9d65-0b0f8c8a1c11"
	simulatedReseller = "0d1b9f0e-3a58-4bb4-8f0a-9a4b3f7a2c33"
)

// TestSimulateFlags: every flag arrives, as the choices or an answer tell.
func TestSimulateFlags(t *testing.T) {
	t.Parallel()
	customer := "/v1/customers/" + oneCustomer
	create := `{"batchId":"B","devices":[{"productKey":"3305123456781"}]}`
	for _, tt := range []struct {
		args, method, path, body string
		status                   int
		say                      string
	}{
		{"--account indirect-reseller", "GET", customer, "", 403, "900149"},
		{"--account indirect-provider --reseller " + oneCustomer + "=" + simulatedReseller + "=Resale=4711", "GET", customer + "/relationships", "", 200, `"mpnId":"4711"`},
		{"--bom", "GET", customer, "", 200, "\ufeff"},
		{"--customer " + oneCustomer + "=Contoso", "GET", "/v1/customers", "", 200, `"companyName":"Contoso"`},
		{"--customer " + simulatedOther, "GET", customer, "", 403, "20002"},
		{"--relationship " + oneCustomer + "=none", "GET", customer, "", 403, "20002"},
		{"--relationship " + oneCustomer + "=advisor --relationship-answer 200", "GET", customer, "", 200, "advisor"},
		{"--relationship " + simulatedOther + "=none", "GET", customer, "", 200, "reseller"},
		{"--delegated-access", "GET", customer, "", 200, `"allowDelegatedAccess":true`},
		{"--invitation https://admin.example/x", "GET", "/v1/customers/relationshiprequests", "", 200, "https://admin.example/x"},
		{"--policy " + oneCustomer + "=p1=Office", "GET", customer + "/policies/p1", "", 200, "Office"},
		{"--max-devices 1 --too-many 413", "POST", customer + "/deviceBatches", strings.Replace(create, "]", `,{"productKey":"3305123456798"}]`, 1), 413, ""},
		{"--max-body 10", "POST", customer + "/deviceBatches", create, 413, ""},
		{"--trouble fault=504,method=GET,path=deviceBatches,customer=" + oneCustomer + ",from=1,to=1,share=1", "GET", customer + "/deviceBatches", "", 504, ""},
		{"--faults 1 --fault 503 --retry-after 7s", "GET", customer, "", 503, ""},
	} {
		t.Run(tt.args, func(t *testing.T) {
			t.Parallel()
			_, address := simulating(t, strings.Fields(tt.args)...)
			if status, text := told(t, tt.method, address+tt.path, tt.body); status != tt.status || !strings.Contains(text, tt.say) {
				t.Errorf("%d %s, want %d %q", status, text, tt.status, tt.say)
			}
		})
	}
}

// TestSimulateRows: the flags that decide what becomes of a device.
func TestSimulateRows(t *testing.T) {
	t.Parallel()
	rows := `{"productKey":"3305123456781"},{"productKey":"3305123456798"},{"productKey":"3305123456804"},{"productKey":"3305123456811"},` +
		`{"serialNumber":"S1","oemManufacturerName":"Maker","modelName":"Model X"}`
	_, address := simulating(
		t, "--device", "3305123456781=813", "--known-after", "3305123456798=1h", "--foreign", "3305123456804="+simulatedOther,
		"--twin", "3305123456811=S1=Maker=Model X", "--other-party", "3305123456811", "--other-party-status", "403", "--verbose",
	)
	batches := address + "/v1/customers/" + oneCustomer + "/deviceBatches"
	if status, text := told(t, "POST", batches, `{"batchId":"B","devices":[`+rows+`]}`); status != http.StatusAccepted {
		t.Fatalf("%d %s", status, text)
	}
	var got []string
	_, text := get(t, address+"/simulator/rows")
	for _, row := range objects(t, text) {
		got = append(got, row.word(t, "code"))
	}
	if want := "813 812 808  ZtdDeviceDuplicated"; strings.Join(got, " ") != want {
		t.Errorf("%q, want %q", strings.Join(got, " "), want)
	}
	_, text = told(t, "GET", batches+"/B/devices", "")
	_, id, _ := strings.Cut(text, `"id":"`)
	id, _, _ = strings.Cut(id, `"`)
	if status, text := told(t, "DELETE", batches+"/B/devices/"+id, ""); status != http.StatusForbidden || !strings.Contains(text, "811") {
		t.Errorf("%d %s", status, text)
	}
	if status, _ := told(t, "POST", address+"/simulator/advance?by=1h", ""); status != http.StatusNoContent {
		t.Errorf("advance: %d", status)
	}
	told(t, "POST", batches+"/B/devices", `[{"productKey":"3305123456798"}]`)
	if _, text := get(t, address+"/simulator/registered"); strings.Count(text, "\n") != 2 || !strings.Contains(text, "3305123456798") {
		t.Errorf("registered: %s", text)
	}
}

// TestSimulateTellsItsChoices, those of its flags, on standard error; and its
// address alone on standard output.
func TestSimulateTellsItsChoices(t *testing.T) {
	t.Parallel()
	cmd, address := simulating(
		t, "--account", "indirect-provider", "--idempotency", "ignore", "--idempotency-window", "11m", "--duplicate-batch", "409", "--removal-lag", "12m",
		"--list-lag", "13m", "--job-time", "14m", "--job-time-max", "15m", "--job-life", "16m", "--job-stuck", "0.17", "--job-vanish", "0.18",
		"--job-stutter", "0", "--rows-missing", "0.19", "--commit-late", "--throttle", "20", "--retry-after", "21s", "--delete-gone", "807",
		"--page-size", "22", "--app-only-status", "401", "--max-devices", "23", "--forget", "--trickle", "1ms",
	)
	_, text := get(t, address+"/simulator/choices")
	for _, want := range []string{
		"not Partner Center", "indirect-provider", "ignore, remembered 11m", "409", "12m0s after", "13m0s", "14m0s to 15m0s", "kept 16m", "17%", "18%",
		"0% are first", "19% never", "when its job ends", "20 writes in 21s", "again: 807", "22 a page", "link: 401", "more than 23 devices",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("they do not say %q", want)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// TestSimulateHelp is enough to build a client with.
func TestSimulateHelp(t *testing.T) {
	t.Parallel()
	got := runIt(t, t.TempDir(), "", nil, "simulate", "--help")
	got.want(t, 0, "/simulator/ledger", "/simulator/advance?by=1h", "deviceBatches/B/devices/ID", "--commit-late", "TENANT=ID=NAME")
	for _, fault := range partnercentertest.AllFaults() {
		if !strings.Contains(got.out, "\n  "+string(fault)+"\n") {
			t.Errorf("it does not name %s", fault)
		}
	}
}

func TestSimulateUsage(t *testing.T) {
	t.Parallel()
	for args, code := range map[string]int{
		"--faults -0.1": 2, "--faults 1.1": 2, "--faults many": 2, "--customer a/b": 2, "--device 123=808": 2, "--device 3305123456781": 2,
		"--account broker": 2, "--idempotency 1": 2, "--duplicate-batch 500": 2, "--delete-gone 808": 2, "--too-many 500": 2, "--relationship-answer 500": 2,
		"--app-only-status 500": 2, "--other-party-status 404": 2, "--job-stuck 2": 2, "--job-vanish -1": 2, "--rows-missing NaN": 2, "--job-stutter 1.5": 2,
		"--relationship x.example": 2, "--relationship x.example=friend": 2, "--relationship x/y=none": 2, "--policy x.example=p1": 2, "--policy x/y=p1=Name": 2,
		"--policy x.example==Name": 2, "--reseller x.example=r.example": 2, "--reseller x/y=r.example=N": 2, "--reseller x.example=r/s=N": 2,
		"--known-after 3305123456781=soon": 2, "--known-after 1=1h": 2, "--twin 3305123456781=S=M": 2, "--twin 1=S=M=N": 2, "--twin 3305123456781==M=N": 2,
		"--foreign 1=x.example": 2, "--foreign 3305123456781=x/y": 2, "--other-party 1": 2, "--fault nonsense": 2, "--trouble method=GET": 2,
		"--trouble fault=nonsense": 2, "--trouble fault=429,when=now": 2, "--trouble fault=429,from=x": 2, "--trouble fault=429,customer=x/y": 2,
		"--job-time soon": 2, "--page-size x": 2,
		"--listen 192.0.2.1:0": 2, "--listen nonsense": 1, "--seed -1": 2, "extra": 2,
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
