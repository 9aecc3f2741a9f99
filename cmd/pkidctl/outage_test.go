package main_test

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// TestUploadExits: what the exit code and the last line say for each thing
// that can hold entries up.
func TestUploadExits(t *testing.T) {
	t.Parallel()
	const throttle, reset, signIn = partnercentertest.FaultThrottle, partnercentertest.FaultReset, partnercentertest.FaultSignIn
	for name, tt := range map[string]struct {
		opts   partnercentertest.Options
		strike []partnercentertest.Fault
		codes  string
		args   string
		code   int
		counts string
		say    string
	}{
		"nothing to do":   {codes: "5CG1234XYZ", args: "upload", code: 3, counts: `"held":1,"ready":0`},
		"all well":        {codes: "]C03305123456781", args: "upload --until-settled", counts: `"registered":1`},
		"held stays":      {codes: "]C03305123456781 5901234123457", args: "upload --until-settled", code: 3, counts: `"held":1,"ready":0,"planned":0,"submitted":0,"registered":1`},
		"rejected":        {opts: partnercentertest.Options{Directory: refusing("3305123456781", autopilot.CodeUnknownDevice)}, codes: "]C03305123456781", args: "upload --until-settled", code: 3, counts: `"rejected":1`},
		"already there":   {opts: partnercentertest.Options{Directory: refusing("3305123456781", autopilot.CodeAlreadyHere)}, codes: "]C03305123456781", args: "upload --until-settled", counts: `"registered":1,"rejected":0`},
		"no relationship": {opts: partnercentertest.Options{Customers: []autopilot.Customer{{ID: "other.example"}}}, codes: "]C03305123456781", args: "upload --until-settled", code: 3, counts: `"ready":1`, say: "relationship"},
		"wrong token":     {opts: partnercentertest.Options{Token: "another"}, codes: "]C03305123456781", args: "upload --until-settled", code: 3, counts: `"ready":1`, say: "sign"},
		"sign-in once":    {strike: []partnercentertest.Fault{signIn, signIn}, codes: "]C03305123456781", args: "upload", code: 3, counts: `"registered":0`, say: "sign"},
		"one reset":       {strike: []partnercentertest.Fault{reset}, codes: "]C03305123456781", args: "upload --until-settled", counts: `"registered":1`},
		"throttled":       {opts: partnercentertest.Options{RetryAfter: time.Second}, strike: []partnercentertest.Fault{throttle}, codes: "]C03305123456781", args: "upload --until-settled", counts: `"registered":1`},
		"committed, cut":  {strike: []partnercentertest.Fault{"", partnercentertest.FaultResetAfter, partnercentertest.FaultCut}, codes: "]C03305123456781", args: "upload --until-settled", counts: `"registered":1`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			scanned(t, data, strings.Fields(tt.codes)...)
			server, environ := simulator(t, tt.opts)
			server.Strike(tt.strike...)
			got := runIt(t, data, "", environ, strings.Fields(tt.args)...)
			got.want(t, tt.code, tt.counts, tt.say)
			if n := strings.Count(got.out, "\n"); n != 1 {
				t.Errorf("standard output has %d lines:\n%s", n, got.out)
			}
			if l := server.Ledger(); len(l) > 1 || len(l) == 1 && (l[0].PKID != "3305123456781" || l[0].Customer != oneCustomer || l[0].Batch != "STD") {
				t.Errorf("ledger: %+v", l)
			}
		})
	}
}

// TestNobodyAnswers: a pass without a single answer is exit 4, in both
// languages, and nothing is lost or sent.
func TestNobodyAnswers(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	scanned(t, data, "]C03305123456781", "5901234123457")
	server, environ := simulator(t, partnercentertest.Options{})
	nowhere := slices.Concat(environ[1:], []string{"PKIDSTATION_PARTNER_CENTER_URL=http://127.0.0.1:1"})
	for range 2 {
		runIt(t, data, "", nowhere, "upload").want(t, 4, `"held":1,"ready":`, "Partner Center")
	}
	runIt(t, data, "", append(nowhere, "LANG=fr_FR.UTF-8"), "upload").want(t, 4, "Espace partenaires")
	runIt(t, data, "", nowhere, "customers").want(t, 4)
	if len(server.Rows()) != 0 {
		t.Errorf("processed: %v", server.Rows())
	}
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3, `"held":1,"ready":0,"planned":0,"submitted":0,"registered":1`)
}

// TestAPassHeldBackIsNotDone: while Partner Center asked to wait, a pass calls
// nobody, says until when, and is exit 4; with nothing to send it is done.
func TestAPassHeldBackIsNotDone(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ids := scanned(t, data, "]C03305123456781")
	server, environ := simulator(t, partnercentertest.Options{RetryAfter: time.Hour})
	server.Strike(partnercentertest.FaultThrottle)
	runIt(t, data, "", environ, "upload").want(t, 0, `"ready":1`, "Next try: ") // it was answered
	before := len(server.Requests())
	for range 2 {
		runIt(t, data, "", environ, "upload").want(t, 4, `"ready":1`, "1 device waits", "Next try: ")
	}
	runIt(t, data, "", append(environ, "LANG=fr_FR.UTF-8"), "upload", "--json").want(t, 4, `"ready":1`, "1 appareil en attente", "Prochain essai")
	if n := len(server.Requests()); n != before || before == 0 {
		t.Errorf("%d calls, then %d", before, n)
	}
	runIt(t, data, "", nil, "queue", "hold", ids[0], "--by", "Ana").want(t, 0)
	runIt(t, data, "", environ, "upload").want(t, 3, `"held":1`)
	runIt(t, data, "", nil, "queue", "discard", ids[0], "--by", "Ana").want(t, 0)
	runIt(t, data, "", environ, "upload").want(t, 0, `"discarded":1`)
}

// TestUntilSettledWaitsThroughAnOutage: it ends when the line is back, by
// itself, and with everything registered.
func TestUntilSettledWaitsThroughAnOutage(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	scanned(t, data, "]C03305123456781", "]C03305123456798")
	server, environ := simulator(t, partnercentertest.Options{})
	server.SetFaults(1)
	cmd := asPkidctl(t, data, "upload", "--until-settled")
	cmd.Env = append(cmd.Env, environ...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, nil
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, cmd, func() bool { return len(server.Requests()) >= 3 })
	server.SetFaults(0)
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	if l := server.Ledger(); len(l) != 2 || !strings.Contains(out.String(), `"registered":2`) {
		t.Errorf("ledger %+v, counts %s", l, &out)
	}
}

// waitFor waits until something became so at the simulator, which tells
// nobody.
func waitFor(t *testing.T, cmd *exec.Cmd, so func() bool) {
	t.Helper()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	patience := time.NewTimer(20 * time.Second)
	defer patience.Stop()
	for !so() {
		select {
		case <-look.C:
		case <-patience.C:
			_ = cmd.Process.Kill()
			t.Fatal("nothing happened")
		}
	}
}
