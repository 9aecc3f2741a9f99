package main_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"
)

// TestUploadKilledByTheClock kills `pkidctl upload` with SIGKILL after 50 to
// 500 ms, again and again, while it registers 200 boxes (1,000 in the long form) with a
// `pkidctl simulate` that fails three requests in ten, until it has settled (six times, in the long form until the end):
// each PKID is then in the ledger once, for its own customer, and the queue says
// registered of exactly those.
func TestUploadKilledByTheClock(t *testing.T) {
	t.Parallel()
	boxes, batch, most := 200, "20", 6
	if os.Getenv("PKIDSTATION_TORTURE") == "1" {
		boxes, batch, most = 1000, "10", 60
	}
	simulator, address := simulating(t, "--faults", "0.3", "--seed", "11")
	defer simulator.Process.Kill() //nolint:errcheck // it may be gone
	data := t.TempDir()
	want := captured(t, data, boxes)
	environ := []string{
		"PKIDSTATION_PARTNER_CENTER_URL=" + address, "PKIDSTATION_ACCESS_TOKEN=x", "PKIDSTATION_UPLOAD_BATCH_SIZE=" + batch,
		"PKIDSTATION_UPLOAD_POLL_FIRST=10ms", "PKIDSTATION_UPLOAD_POLL_MAX=50ms",
		"PKIDSTATION_UPLOAD_RETRY_FIRST=10ms", "PKIDSTATION_UPLOAD_RETRY_MAX=100ms",
	}
	rng := rand.New(rand.NewPCG(11, 4))
	killed, settled := 0, false
	for !settled && killed < most {
		settled = !killedAfter(t, data, environ, time.Duration(50+rng.IntN(450))*time.Millisecond)
		if !settled {
			killed++
		}
	}
	if killed < 3 {
		t.Errorf("killed %d times only: the test tests little", killed)
	}
	if !settled {
		runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0)
	}
	t.Logf("killed %d times", killed)
	wantLedger(t, address, want)
	runIt(t, data, "", environ, "upload").want(t, 0, fmt.Sprintf(`"registered":%d,"rejected":0`, boxes))
	runIt(t, data, "", nil, "check").want(t, 0)
}

// captured keeps boxes for two customers and says whose each is.
func captured(t *testing.T, data string, boxes int) map[string]string {
	t.Helper()
	want := map[string]string{}
	for c, customer := range []string{"contoso.example", "fabrikam.example"} {
		var codes strings.Builder
		for n := range boxes / 2 {
			pkid := fmt.Sprintf("33%d%010d", c, n)
			codes.WriteString("]C0" + pkid + "\n")
			want[pkid] = customer
		}
		runIt(t, data, codes.String(), nil, "scan", "--stdin", "--no-pairing", "--customer", customer, "--group-tag", "STD").want(t, 0)
	}
	return want
}

// killedAfter uploads for so long, and says whether it had to be killed.
func killedAfter(t *testing.T, data string, environ []string, after time.Duration) bool {
	t.Helper()
	cmd := asPkidctl(t, data, "upload", "--until-settled")
	cmd.Env, cmd.Stderr = append(cmd.Env, environ...), nil
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	clock := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer clock.Stop()
	err := cmd.Wait()
	if err != nil && cmd.ProcessState.ExitCode() >= 0 {
		t.Fatalf("exit %d, not killed", cmd.ProcessState.ExitCode())
	}
	return err != nil
}

func wantLedger(t *testing.T, address string, want map[string]string) {
	t.Helper()
	_, lines := get(t, address+"/simulator/ledger")
	got := map[string]string{}
	for line := range strings.Lines(lines) {
		var commit struct{ PKID, Customer string }
		if err := json.Unmarshal([]byte(line), &commit); err != nil {
			t.Fatal(err)
		}
		if got[commit.PKID] != "" {
			t.Errorf("%s is registered twice", commit.PKID)
		}
		got[commit.PKID] = commit.Customer
	}
	for pkid, customer := range want {
		if got[pkid] != customer {
			t.Errorf("%s is registered for %q, want %s", pkid, got[pkid], customer)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d are registered, want %d", len(got), len(want))
	}
}
