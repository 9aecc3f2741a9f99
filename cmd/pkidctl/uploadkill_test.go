package main_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// TestUploadKilledAgainAndAgain kills uploads with SIGKILL at drawn moments,
// against a service that fails one request in three, until all is settled:
// Microsoft's ledger then has each PKID once, for its own customer and tag,
// and the queue says registered of exactly those.
func TestUploadKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		for _, idempotency := range []partnercentertest.Mode{partnercentertest.IdempotencyReplay, partnercentertest.IdempotencyIgnore} {
			t.Run(fmt.Sprintf("seed %d %s", seed, idempotency), func(t *testing.T) {
				t.Parallel()
				uploadAndKill(t, seed, idempotency)
			})
		}
	}
}

func uploadAndKill(t *testing.T, seed uint64, idempotency partnercentertest.Mode) {
	t.Helper()
	data := t.TempDir()
	want := map[autopilot.PKID]string{}
	for c, customer := range []string{"contoso.example", "fabrikam.example"} {
		codes := ""
		for n := range 6 {
			pkid := fmt.Sprintf("33%d%010d", c, n)
			codes += "]C0" + pkid + "\n"
			want[autopilot.PKID(pkid)] = customer
		}
		runIt(t, data, codes, nil, "scan", "--stdin", "--customer", customer, "--group-tag", "STD-"+fmt.Sprint(c)).want(t, 0)
	}
	server, environ := simulator(t, partnercentertest.Options{
		Seed: seed, Faults: 0.3, Idempotency: idempotency, RetryAfter: time.Millisecond, Trickle: 5 * time.Millisecond, JobTime: 20 * time.Millisecond,
	})
	environ = append(environ, "PKIDSTATION_UPLOAD_BATCH_SIZE=4")
	rng := rand.New(rand.NewPCG(seed, 7))
	killed := 0
	for range 8 {
		before := len(server.Requests())
		cmd := asPkidctl(t, data, "upload", "--until-settled")
		cmd.Env, cmd.Stderr = append(cmd.Env, environ...), nil
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		after := 1 + rng.IntN(5)
		if !killAfter(t, cmd.Process.Kill, ended, func() bool { return len(server.Requests()) >= before+after }) {
			break
		}
		killed++
	}
	if killed < 2 {
		t.Errorf("killed %d times only: the test tests little", killed)
	}
	server.SetFaults(0)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0, fmt.Sprintf(`"registered":%d`, len(want)))
	got := map[autopilot.PKID]string{}
	for _, commit := range server.Ledger() {
		if got[commit.PKID] != "" {
			t.Errorf("%s is registered twice", commit.PKID)
		}
		got[commit.PKID] = string(commit.Customer)
		if tag := "STD-" + string(commit.PKID[2]); commit.Batch != tag {
			t.Errorf("%s is in the batch %s, want %s", commit.PKID, commit.Batch, tag)
		}
	}
	for pkid, customer := range want {
		if got[pkid] != customer {
			t.Errorf("%s is registered for %q, want %s", pkid, got[pkid], customer)
		}
	}
	runIt(t, data, "", nil, "check").want(t, 0)
}

// killAfter kills once something is so, and says whether the process was
// still there.
func killAfter(t *testing.T, kill func() error, ended <-chan error, so func() bool) bool {
	t.Helper()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for !so() {
		select {
		case <-ended: //nolint:errcheck // that it ended is all
			return false
		case <-look.C:
		}
	}
	_ = kill() // it may be gone
	<-ended    //nolint:errcheck // killed
	return true
}
