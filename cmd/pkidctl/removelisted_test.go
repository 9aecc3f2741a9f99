package main_test

import (
	"path/filepath"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
)

// TestDoneWhileStillListed: a person's word is not taken for what Microsoft
// denies, nor while it cannot be asked.
func TestDoneWhileStillListed(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	_, environ, ids := registeredAt(t, data, partnercentertest.Options{}, "]C03305123456781")
	runIt(t, data, "", environ, remove(ids[0], "--yes", "--on-site")...).want(t, 3)
	runIt(t, data, "", environ, remove(ids[0], "--done")...).want(t, 3, "still lists this device")
	runIt(t, data, "", away(environ), remove(ids[0], "--done")...).want(t, 4)
	if is := states(t, data); is != "removing" {
		t.Errorf("it is %s", is)
	}
	runIt(t, data, "", []string{"PKIDSTATION_PARTNER_CENTER_WAY=csv"}, remove(ids[0], "--done")...).want(t, 0, "Registration removed")
}

// TestDoneWhileAskedToWait: while Partner Center asked to wait, its lists are not
// read, and nobody's word is taken.
func TestDoneWhileAskedToWait(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ, ids := registeredAt(t, data, partnercentertest.Options{}, "]C03305123456781")
	runIt(t, data, "", environ, remove(ids[0], "--yes", "--on-site")...).want(t, 3)
	q, err := queue.Open(data, queue.Options{})
	must(t, err)
	must(t, q.SetPause(t.Context(), queue.Pause{Reason: queue.Throttled, Asked: true, Until: time.Now().Add(time.Hour)}))
	must(t, q.Close())
	before := len(server.Requests())
	runIt(t, data, "", environ, remove(ids[0], "--done")...).want(t, 1, "asked too much just now")
	if n := len(server.Requests()) - before; n != 0 || states(t, data) != "removing" {
		t.Errorf("%d requests, it is %s", n, states(t, data))
	}
}

// TestConfirmNamesBoxesOfSeveralReceptions: a code is digits or a known name, and
// a box of several receptions is named with its device.
func TestConfirmNamesBoxesOfSeveralReceptions(t *testing.T) {
	t.Parallel()
	data := filled(t, 1)
	scanned(t, data, "]C03305123456781")
	file := filepath.Join(t.TempDir(), "a.csv")
	runIt(t, data, "", nil, "export", "partner-center", "--customer", oneCustomer, "--out", file).want(t, 0)
	before := states(t, data)
	for _, code := range []string{"abc", "12", "1234567", "ZtdNonsense", ""} {
		runIt(t, data, "", nil, "export", "confirm", file, "--by", "Ana", "--refused", "3305123456781="+code).want(t, 2, "PKID=CODE")
	}
	if is := states(t, data); is != before {
		t.Errorf("now %s", is)
	}
	pkid := string(queuetest.PKID(0))
	runIt(t, data, "", nil, "export", "confirm", file, "--by", "Ana", "--refused", "3305123456781=812").
		want(t, 3, "Box 1 …6781, code 812")
	runIt(t, data, "", nil, "export", "confirm", file, "--by", "Ana", "--refused", pkid+"=812").
		want(t, 3, "Box 1 …"+pkid[len(pkid)-4:])
}
