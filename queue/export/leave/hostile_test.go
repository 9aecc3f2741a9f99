package leave_test

import (
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/export/leave"
)

// hostileTexts are what labels and files may hold.
func hostileTexts() []string {
	return []string{
		"=cmd|'/c calc'!A0", "@SUM(A1)", "\u202e=1\u2066+33", "a\x1bb\x07c\nd\ufffe", "\xff\xfe\x00", "字字 \U0001F600 אבג",
		strings.Repeat("W", 5000), strings.Repeat("Wide words and ", 400), strings.Repeat(" ", 900) + "x", strings.Repeat("e\u0301", 80),
		") Tj /JS (x) \\", "<script>alert(1)</script>", "\u200b\u00ad\u2060", "{{.Pallet}}", "%s%n", "\u00a0\u00a0", strings.Repeat("i", 300),
	}
}

// hostile is an order with them in every place.
func hostile() leave.Order {
	texts := hostileTexts()
	o := keep(registered(4*len(texts)), "")
	o.CustomerName, o.Order, o.GroupTag = texts[6], texts[7], autopilot.GroupTag(texts[8])
	o.Customer = autopilot.TenantID(texts[6])
	for i := range o.Boxes {
		text := texts[i/4]
		b := &o.Boxes[i]
		switch i % 4 {
		case 0:
			b.Registered, b.Serial, b.Why = false, text, text
		case 1:
			b.Registered, b.PKID, b.Pallet = false, autopilot.PKID(text), text
		case 2:
			b.Registered, b.Pallet, b.Number, b.Why = false, text, 0, text
		case 3: // registered
			b.Manufacturer, b.Model, b.Serial = text, text, text
		}
	}
	return twinless(o)
}

// twinless makes serials differ that would be one device's.
func twinless(o leave.Order) leave.Order {
	for i := range o.Boxes {
		if b := &o.Boxes[i]; i%4 == 0 {
			b.Manufacturer = "Other"
		}
	}
	return o
}

// TestHostileTextsAreShown: they are cleaned, not obeyed and not lost.
func TestHostileTextsAreShown(t *testing.T) {
	t.Parallel()
	text := ""
	for _, p := range pages(t, hostile(), options(t, "en", leave.A4)) {
		text += said(p)
	}
	for _, want := range []string{
		"=cmd|'/c calc'!A0", "\n=1+33\n", "\nabcd\n", "?? ? ???", "éééé", ") Tj /JS (x) \\", "<script>alert(1)</script>", "{{.Pallet}}", "%s%n", "WWWW…",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
}

// FuzzTexts: whatever a text holds, the layout keeps its promises, and the word
// does not change.
func FuzzTexts(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text, "BL-1", true)
	}
	f.Fuzz(func(t *testing.T, text, other string, label bool) {
		paper := leave.A4
		if label {
			paper = leave.Label
		}
		opts := options(t, "fr", paper)
		opts.Station = other
		o := keep(registered(3), text, 0)
		o.Order, o.CustomerName, o.GroupTag = text, other, autopilot.GroupTag(text)
		o.Boxes[0].Device = autopilot.Device{PKID: autopilot.PKID(text), Serial: other}
		o.Boxes[0].Pallet, o.Boxes[1].Manufacturer, o.Boxes[1].Model, o.Boxes[1].Serial = text, text+"m", other+"m", text+"s"
		got := pages(t, o, opts)
		for _, p := range got {
			measured(t, p, paper)
		}
		if word := strings.Join(largest(got[0]), " "); word != "Ne pas expédier" {
			t.Errorf("it says %q", word)
		}
		list, err := leave.RegisteredPages(o, opts)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			measured(t, p, leave.A4)
		}
	})
}
