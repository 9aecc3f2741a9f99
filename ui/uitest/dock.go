package uitest

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"io/fs"
	"time"

	"pkidstation/assets"
	"pkidstation/queue"
	"pkidstation/queue/upload"
	"pkidstation/ui"
)

// verdict is one on the box that the tile tells of.
func verdict(word queue.Word, reason queue.Reason) queue.Verdict {
	v := queue.Verdict{Word: word, Reason: reason, Kind: "pkid", Text: pkid, Entry: box(46, queue.Ready), At: at(14, 36)}
	v.Entry.PKID, v.Entry.Serial = pkid, serial
	if word == queue.OnHold {
		v.Entry.State, v.Entry.Reason = queue.Held, reason
	}
	return v
}

// unknown is one on a code that belongs to no box.
func unknown(word queue.Word, kind, text string, reason queue.Reason) queue.Verdict {
	return queue.Verdict{Word: word, Kind: kind, Text: text, Reason: reason, At: at(14, 36)}
}

// command is one on a code of the sheet beside the dock.
func command(v queue.Verdict) queue.Verdict {
	v.Word, v.Kind, v.At, v.Work = queue.Ignored, "command", at(14, 36), work()
	return v
}

// tell tells a verdict, and has the box that it is about among those that are kept.
func tell(v queue.Verdict) func(*Shot) {
	return func(s *Shot) {
		for n, e := range s.station.entries {
			if e.ID == v.Entry.ID {
				s.station.entries[n] = v.Entry
			}
		}
		s.window.Tell(ui.Event{Verdict: v, Source: "wedge"})
		s.window.Load()
	}
}

func dockStates() []State {
	other := verdict(queue.OnHold, queue.OtherCustomer)
	other.Other = queue.Entry{Number: 12, Customer: fabrikam, GroupTag: "FAB-1", Order: "BL-2026-0117", State: queue.Registered}
	attached := verdict(queue.Attached, "")
	attached.Kind, attached.Text = "serial", serial
	listed := verdict(queue.OnHold, queue.NotAnnounced)
	layered := verdict(queue.Accepted, "")
	layered.Layer = queue.Layer{Number: 3, Boxes: 12}
	return []State{
		state("dock", "ready", nil),
		state("dock", "accepted", tell(verdict(queue.Accepted, ""))),
		state("dock", "accepted-layer", tell(layered)),
		state("dock", "attached", tell(attached)),
		state("dock", "seen", tell(verdict(queue.Seen, queue.Reason(queue.Registered)))),
		state("dock", "held", tell(verdict(queue.OnHold, queue.CouldBeGTIN))),
		state("dock", "held-not-announced", tell(listed)),
		state("dock", "held-other-customer", tell(other)),
		state("dock", "refused", tell(unknown(queue.NotTaken, "other", "LBL-99821-AX", queue.UnknownCode))),
		state("dock", "refused-secret", tell(unknown(queue.NotTaken, "secret", "", queue.Secret))),
		state("dock", "ignored", tell(unknown(queue.Ignored, "gtin", "4006381333931", queue.NoIdentity))),
		state("dock", "undone", func(s *Shot) { s.tap("ui.undo") }),
		with("dock", "closed", (*station).closed, nil),
		with("dock", "offline", (*station).offline, tell(verdict(queue.Accepted, ""))),
		with("dock", "by-csv", func(s *station) { s.status = upload.Status{Online: upload.OnlineNever} }, nil),
		with("dock", "silent", func(s *station) { s.deaf = errors.New("no device") }, nil),
		with("dock", "tally-doubted", func(s *station) { s.tally.Doubted = 3 }, nil),
		state("dock", "scanner-lost", showScanners),
		state("dock", "camera", showCamera),
		state("dock", "fault", func(s *Shot) {
			s.window.Tell(ui.Event{Source: "serial:COM5", Err: errors.New("read: input/output error")})
		}),
		{Screen: "dock", Name: "demo", before: func(o *ui.Options, _ *station) { o.Demo = true }, show: tell(verdict(queue.Accepted, ""))},
		state("dock", "help", func(s *Shot) { s.press("F1") }),
		state("typed", "empty", func(s *Shot) { s.press("F4") }),
		state("typed", "both", func(s *Shot) { s.press("F4"); s.types(pkid); s.press("Return"); s.types(pkid) }),
		state("teach", "code", func(s *Shot) {
			tell(unknown(queue.NotTaken, "other", "FUJ1234ABC", queue.UnknownCode))(s)
			s.press("F6")
			s.types("FUJ")
		}),
		with("reception", "open", (*station).closed, func(s *Shot) { s.press("F3", "Down") }),
		state("reception", "close", func(s *Shot) { s.press("F3") }),
	}
}

// askedStates are what the station asks of whoever is at the dock.
func askedStates() []State {
	open := queue.Unfinished{Boxes: 1, Held: 3, Unsent: 12, Oldest: at(14, 0).Add(-51 * time.Hour)}
	for _, w := range []queue.Work{work(), {Customer: fabrikam, GroupTag: "FAB-1", Order: "BL-2026-0117"}} {
		r := queue.OpenWork{Here: 37}
		r.Work, r.Expected = w, 48
		open.Receptions = append(open.Receptions, r)
	}
	unconfirmed := verdict(queue.OnHold, queue.Unconfirmed)
	unconfirmed.Entry.Unconfirmed = true
	layer := queue.Verdict{Reason: queue.LayerEnded, Count: 46, Layer: queue.Layer{Number: 4, Boxes: 12}}
	return []State{
		with("dock", "confirm-customer", func(s *station) { s.asks = true }, tell(unconfirmed)),
		with("dock", "shift", func(s *station) { s.asks, s.comes = true, "Marie" },
			tell(command(queue.Verdict{Reason: queue.ShiftWaits, Name: "Marie", Unfinished: open}))),
		state("dock", "shift-taken", tell(command(queue.Verdict{Reason: queue.ShiftTaken, Name: "Marie"}))),
		state("dock", "customer-confirmed", tell(command(queue.Verdict{Reason: queue.CustomerConfirmed, Count: 2, Of: 3}))),
		state("dock", "layer-ended", tell(command(layer))),
		state("dock", "read-back", tell(command(queue.Verdict{Reason: queue.ReceptionEnded, Count: 46, Of: 48}))),
		state("dock", "locked", tell(command(queue.Verdict{Reason: queue.NowLocked}))),
	}
}

func (s *station) closed() { s.open, s.tally = false, ui.Tally{} }

func (s *station) offline() {
	s.status.Online, s.status.Since, s.status.LastContact = upload.OnlineNo, at(9, 12), at(9, 11)
}

func showScanners(s *Shot) {
	s.window.Tell(ui.Event{Scanner: ui.Scanner{Name: "/dev/serial/by-id/usb-Honeywell_Imaging_Voyager_1900-if00", State: ui.ScannerLost}})
	s.window.Tell(ui.Event{Scanner: ui.Scanner{Name: "COM5", Product: "Zebra DS2208", State: ui.ScannerOffered}})
}

// showCamera shows a sample's label with the codes that were seen on it.
func showCamera(s *Shot) {
	tell(verdict(queue.Accepted, ""))(s)
	picture, err := sample("box-1.png")
	if err != nil {
		s.fail("%w", err)
		return
	}
	region := func(word queue.Word, area image.Rectangle) ui.Region {
		corners := [4]image.Point{area.Min, {X: area.Max.X, Y: area.Min.Y}, area.Max, {X: area.Min.X, Y: area.Max.Y}}
		return ui.Region{Corners: corners, Word: word}
	}
	s.window.Tell(ui.Event{Preview: &ui.Preview{Image: picture, Regions: []ui.Region{
		region(queue.Attached, image.Rect(236, 274, 680, 362)),
		region(queue.Accepted, image.Rect(236, 424, 614, 512)),
		region("", image.Rect(722, 494, 1018, 612)),
	}}})
}

func sample(name string) (image.Image, error) {
	data, err := fs.ReadFile(assets.SampleFS(), name)
	if err != nil {
		return nil, err
	}
	return png.Decode(bytes.NewReader(data))
}
