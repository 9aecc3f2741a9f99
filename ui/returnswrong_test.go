package ui_test

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui"
)

// otherBox is another box than came's, of the same serial.
func otherBox(state queue.State) ui.Returned {
	r := came(state, "")
	r.Text, r.Found[0].ID, r.Found[0].Seq, r.Found[0].PKID = "3305123456798", "e99", 12, autopilot.PKID("3305123456798")
	return r
}

// twins are two devices that one serial was read of.
func twins(a, b ui.Returned) ui.Returned {
	a.Kind, a.Text, a.Found = "serial", "5CG1234567", append(b.Found, a.Found...)
	return a
}

// TestWhatCouldNotBeLookedUp leaves no box before it on the screen, to be removed in
// its place.
func TestWhatCouldNotBeLookedUp(t *testing.T) {
	b, r := newReturnBench(t, "en")
	r.on(came(queue.Registered, ""))
	r.on(ui.Returned{Err: errors.New("the disk is gone")})
	if b.Notice() == "" || !b.says(b.Say("returns.rest")) {
		t.Error("the box before is still shown")
	}
	b.command(fyne.KeyF6)
	if b.PanelTitle() != "" {
		t.Errorf("the box before is to be removed: %q", b.PanelTitle())
	}
}

// TestAnotherBoxEndsTheRemoval: who scans another box while the first is about to be
// removed means that one.
func TestAnotherBoxEndsTheRemoval(t *testing.T) {
	b, r := newReturnBench(t, "en")
	r.on(came(queue.Registered, ""))
	b.command(fyne.KeyF6)
	if b.PanelTitle() == "" || !b.says("3305123456781") {
		t.Fatalf("the panel %q does not say which box it removes", b.PanelTitle())
	}
	r.on(came(queue.Registered, "")) // the same once more
	if b.PanelTitle() == "" {
		t.Error("the same box read again ends the removal")
	}
	r.on(otherBox(queue.Registered))
	if b.PanelTitle() != "" || b.ReturnTile().News().Read != "3305123456798" {
		t.Errorf("panel %q, tile %+v", b.PanelTitle(), b.ReturnTile().News())
	}
}

// TestTwoDevicesOfOneSerial: which of them is at hand only its PKID says, and none is
// removed before it did.
func TestTwoDevicesOfOneSerial(t *testing.T) {
	for name, test := range map[string]struct {
		first, second queue.State
		removable     bool
	}{
		"both registered":         {queue.Registered, queue.Registered, false},
		"one is on its way out":   {queue.Registered, queue.Removing, false},
		"one was sent":            {queue.Registered, queue.Submitted, false},
		"one is gone":             {queue.Registered, queue.Removed, true},
		"one was never sent away": {queue.Registered, queue.Discarded, true},
	} {
		b, r := newReturnBench(t, "en")
		r.on(twins(came(test.first, ""), otherBox(test.second)))
		b.command(fyne.KeyF6)
		if got := b.PanelTitle() != ""; got != test.removable {
			t.Errorf("%s: a removal begins: %v", name, got)
		}
		if got := b.ReturnTile().News().Word == b.Say("returned.several.word"); got == test.removable {
			t.Errorf("%s: the tile is %+v", name, b.ReturnTile().News())
		}
	}
	b, r := newReturnBench(t, "en")
	same := came(queue.Registered, "")
	again := came(queue.Removed, "")
	again.Found[0].ID, again.Found[0].Seq = "e1", 1
	same.Found = append(same.Found, again.Found...) // removed, and registered again
	r.on(same)
	b.command(fyne.KeyF6)
	if b.PanelTitle() == "" {
		t.Error("a box that was registered again cannot be removed")
	}
}

// on is a code that a camera saw on a frame.
func on(frame uint64, r ui.Returned) ui.Returned {
	r.Frame = frame
	return r
}

// TestWhatStandsBeside on a label that a camera sees whole hides neither the box that
// was found nor what the machine's serial says of it, in whatever order they are read.
func TestWhatStandsBeside(t *testing.T) {
	found, mac, unknown := came(queue.Registered, ""), read("mac", "00155D012345"), read("other", "ABC-123")
	unknown.Known = true
	same, other := read("serial", "5CG1234567"), read("serial", "5CG7654321")
	for name, test := range map[string]struct {
		box, machine []ui.Returned
		word         string
	}{
		"the box last":        {[]ui.Returned{on(1, mac), on(1, unknown), on(1, found)}, nil, "Registered"},
		"the box first":       {[]ui.Returned{on(1, found), on(1, unknown), on(1, mac)}, nil, "Registered"},
		"a later frame":       {[]ui.Returned{on(1, found), on(4, mac)}, nil, "Registered"},
		"which, and its PKID": {[]ui.Returned{on(1, twins(came(queue.Registered, ""), otherBox(queue.Registered))), on(1, found)}, nil, "Registered"},
		"its PKID, and which": {[]ui.Returned{on(1, found), on(1, twins(came(queue.Registered, ""), otherBox(queue.Registered)))}, nil, "Registered"},
		"another box":         {[]ui.Returned{on(1, found), on(9, unknown)}, nil, "Unknown here"},
		"by hand":             {[]ui.Returned{found, mac}, nil, "Not looked up"},
		"machine last":        {[]ui.Returned{on(1, found)}, []ui.Returned{on(5, mac), on(5, unknown), on(5, same)}, "Same machine"},
		"machine first":       {[]ui.Returned{on(1, found)}, []ui.Returned{on(5, same), on(5, unknown), on(5, mac), on(6, mac)}, "Same machine"},
		"another machine":     {[]ui.Returned{on(1, found)}, []ui.Returned{on(5, mac), on(5, other), on(5, unknown)}, "Not this machine"},
		"the next box then":   {[]ui.Returned{on(1, found)}, []ui.Returned{on(5, same), on(8, found)}, "Registered"},
	} {
		b, r := newReturnBench(t, "en")
		for _, one := range test.box {
			r.on(one)
		}
		if len(test.machine) > 0 {
			b.command(fyne.KeyF5)
		}
		for _, one := range test.machine {
			r.on(one)
		}
		if news := b.ReturnTile().News(); news.Word != test.word {
			t.Errorf("%s: %+v, want %s", name, news, test.word)
		}
	}
}
