package autopilot_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
)

// inside is what the hashes of these tests hold.
func inside() autopilot.HashContents {
	return autopilot.HashContents{PKID: "3305123456781", Serial: "5CG4071QZ8", Manufacturer: "HP", Model: "HP EliteBook 840 G8 Notebook PC"}
}

// packed is a hash of bytes, filled up to the length that a hash has at least.
func packed(raw string) string {
	raw += strings.Repeat("\x00", max(0, 300-len(raw)))
	return base64.StdEncoding.EncodeToString([]byte(raw))
}

func TestParseHardwareHash(t *testing.T) {
	t.Parallel()
	whole, long := string(autopilottest.Hash(inside())), inside()
	long.Model = strings.Repeat("x", 100)
	for name, test := range map[string]struct {
		text string
		want error
	}{
		"a hash":                  {whole, nil},
		"an empty one":            {packed("OA\x04\x00"), nil},
		"nothing":                 {"", autopilot.ErrHashLength},
		"a PKID":                  {"3305123456781", autopilot.ErrHashLength},
		"too long":                {strings.Repeat("T0EA", 1+autopilot.MaxHardwareHash/4), autopilot.ErrHashLength},
		"cut in a value":          {string(autopilottest.Hash(long))[:300], autopilot.ErrHashCut},
		"cut in four":             {whole[:1001], autopilot.ErrHashShape},
		"a letter is not base64":  {whole[:500] + "!" + whole[501:], autopilot.ErrHashShape},
		"a line end in it":        {whole[:500] + "\n" + whole[500:], autopilot.ErrHashShape},
		"a space in it":           {whole[:500] + " " + whole[500:], autopilot.ErrHashShape},
		"spaces around":           {" " + whole, autopilot.ErrHashShape},
		"of something else":       {packed("PK\x04\x00"), autopilot.ErrHashHead},
		"longer than it is":       {packed("OA\xff\xff"), autopilot.ErrHashCut},
		"shorter than its head":   {packed("OA\x03\x00"), autopilot.ErrHashHead},
		"of the web's base64":     {strings.Repeat("T0_-", 100), autopilot.ErrHashShape},
		"bits left over":          {whole[:398] + "R=", autopilot.ErrHashShape},
		"a pad in the middle":     {whole[:400] + "====" + whole[404:], autopilot.ErrHashShape},
		"base64 that says no OA.": {strings.Repeat("AAAA", 100), autopilot.ErrHashHead},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := autopilot.ParseHardwareHash(test.text)
			if !errors.Is(err, test.want) {
				t.Fatalf("%v, want %v", err, test.want)
			}
			if want := autopilot.HardwareHash(test.text); err == nil && got != want || err != nil && got != "" {
				t.Errorf("gave %d characters", len(got))
			}
			if err != nil && (autopilot.HardwareHash(test.text).Contents() != autopilot.HashContents{}) {
				t.Error("refused, and yet it has contents")
			}
		})
	}
}

func TestHashContents(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		hash string
		want autopilot.HashContents
	}{
		"all of it":                {string(autopilottest.Hash(inside())), inside()},
		"without a PKID":           {string(autopilottest.Hash(autopilot.HashContents{Serial: "S1"})), autopilot.HashContents{Serial: "S1"}},
		"nothing":                  {packed("OA\x04\x00"), autopilot.HashContents{}},
		"spaces around":            {packed("OA\x0c\x00\x0e\x00\x08\x00 S1 "), autopilot.HashContents{Serial: "S1"}},
		"the first of two":         {packed("OA\x12\x00\x0e\x00\x07\x00S1\x00\x0e\x00\x07\x00S2\x00"), autopilot.HashContents{Serial: "S1"}},
		"behind the end":           {packed("OA\x0b\x00\x01\x00\x07\x00abc\x0e\x00\x07\x00S2\x00"), autopilot.HashContents{}},
		"a value without length":   {packed("OA\x20\x00\x01\x00\x00\x00\x0e\x00\x07\x00S2\x00"), autopilot.HashContents{}},
		"a value beyond the end":   {packed("OA\x10\x00\x0e\x00\xff\x00S1"), autopilot.HashContents{}},
		"a PKID that is none":      {packed("OA\x15\x00\x18\x00\x11\x000000000000000"), autopilot.HashContents{}},
		"a serial that is no text": {packed("OA\x0b\x00\x0e\x00\x07\x00\xff\xfe\x01"), autopilot.HashContents{}},
		"a bell":                   {packed("OA\x0b\x00\x0e\x00\x07\x00S\x071"), autopilot.HashContents{}},
		"a serial without end": {
			packed("OA\xd4\x00\x0e\x00\xcc\x00" + strings.Repeat("S", 200) + "\x11\x00\x04\x00"), autopilot.HashContents{},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := autopilot.ParseHardwareHash(test.hash); err != nil {
				t.Fatal(err)
			}
			if got := autopilot.HardwareHash(test.hash).Contents(); got != test.want {
				t.Errorf("%+v, want %+v", got, test.want)
			}
		})
	}
}

func TestHashAgrees(t *testing.T) {
	t.Parallel()
	hash, bare := autopilottest.Hash(inside()), autopilottest.Hash(autopilot.HashContents{Model: "X"})
	for name, test := range map[string]struct {
		hash   autopilot.HardwareHash
		beside autopilot.Device
		field  string
	}{
		"alone":                     {hash, autopilot.Device{}, ""},
		"both as inside":            {hash, autopilot.Device{PKID: "3305123456781", Serial: "5CG4071QZ8"}, ""},
		"the serial in small":       {hash, autopilot.Device{Serial: " 5cg4071qz8 "}, ""},
		"another PKID":              {hash, autopilot.Device{PKID: "3305123456798", Serial: "5CG4071QZ8"}, autopilot.FieldPKID},
		"another serial":            {hash, autopilot.Device{PKID: "3305123456781", Serial: "5CG4071QZ9"}, autopilot.FieldSerial},
		"nothing inside to compare": {bare, autopilot.Device{PKID: "3305123456798", Serial: "S"}, ""},
		"maker and model are not compared": {
			hash, autopilot.Device{Manufacturer: "LENOVO", Model: "20XW"}, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err, field := test.hash.Agrees(test.beside), ""
			if e, ok := errors.AsType[*autopilot.HashMismatchError](err); ok {
				field = e.Field
			} else if err != nil {
				t.Fatal(err)
			}
			d := test.beside
			d.Hash = test.hash
			if field != test.field || d.Identified() != (field == "") {
				t.Errorf("%q disagrees, want %q; identified: %v", field, test.field, d.Identified())
			}
			if err != nil && strings.ContainsAny(err.Error(), "0123456789") {
				t.Errorf("it names who: %v", err)
			}
		})
	}
	if err := autopilot.HardwareHash("no hash").Agrees(autopilot.Device{}); !errors.Is(err, autopilot.ErrHashLength) {
		t.Errorf("of no hash: %v", err)
	}
	if (autopilot.Device{PKID: "3305123456781", Hash: "no hash"}).Identified() {
		t.Error("a PKID beside no hash passes")
	}
}

// TestHashedAndNamed: what is sent, and what is looked for in an answer.
func TestHashedAndNamed(t *testing.T) {
	t.Parallel()
	hash := autopilottest.Hash(inside())
	d := autopilot.Device{Serial: "5cg4071qz8", Manufacturer: "HP", Model: "HP EliteBook", Hash: hash}
	if got, want := d.Hashed(), (autopilot.Device{Serial: "5cg4071qz8", Hash: hash}); got != want {
		t.Errorf("sent is %+v", got)
	}
	if got, want := d.Named(), (autopilot.Device{PKID: "3305123456781", Serial: "5cg4071qz8"}); got != want {
		t.Errorf("named is %+v", got)
	}
	tuple := autopilot.Device{Serial: "S", Manufacturer: "LENOVO", Model: "20XW"}
	if got := tuple.Named(); got != tuple {
		t.Errorf("a tuple is %+v", got)
	}
}

// TestNoHashInALog, nor in what is printed of a device, nor a new key where there is
// none.
func TestNoHashInALog(t *testing.T) {
	t.Parallel()
	d := autopilot.Device{PKID: "3305123456781", Hash: autopilottest.Hash(inside())}
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	log.Info("device", "hash", d.Hash)
	fmt.Fprintf(&out, "%v %+v %s", d, d, d.Hash)
	if text := out.String(); strings.Contains(text, string(d.Hash[:32])) || !strings.Contains(text, "4000 characters") {
		t.Errorf("it says %.300s", text)
	}
	raw, err := json.Marshal(autopilot.Device{PKID: "3305123456781"})
	if err != nil || string(raw) != `{"pkid":"3305123456781"}` {
		t.Errorf("%s, %v", raw, err)
	}
}

func TestLooksHashed(t *testing.T) {
	t.Parallel()
	whole := string(autopilottest.Hash(inside()))
	for text, want := range map[string]bool{
		whole: true, whole[:1000]: true, whole[:255]: false, whole[:1000] + "!": false, "3305123456781": false, strings.Repeat("A", 4000): false,
	} {
		if got := autopilot.LooksHashed(text); got != want {
			t.Errorf("%.20s (%d): %v", text, len(text), got)
		}
	}
}

// FuzzHardwareHash wants whatever passes to be untouched, to agree with itself, and
// to give nothing that a screen or a file could trip over.
func FuzzHardwareHash(f *testing.F) {
	f.Add(string(autopilottest.Hash(inside())))
	f.Add(packed("OA\x12\x00\x0e\x00\x07\x00S1\x00\x18\x00\x07\x00S2\x00"))
	f.Add(packed("OA\xff\x00\x0e\x00\x04\x00\x10\x00\xff\xff"))
	f.Fuzz(func(t *testing.T, text string) {
		for _, text := range []string{text, packed("OA" + text)} {
			hash, err := autopilot.ParseHardwareHash(text)
			if err != nil {
				if hash != "" {
					t.Fatal("refused, and given")
				}
				continue
			}
			c := hash.Contents()
			d := autopilot.Device{PKID: c.PKID, Serial: c.Serial, Hash: hash}
			if string(hash) != text || hash.Agrees(d) != nil {
				t.Fatalf("%+v does not agree with its own hash", c)
			}
			if named := c.PKID != "" || c.Serial != ""; d.Identified() != named {
				t.Fatalf("%+v identifies a device: %v", c, !named)
			}
			if _, err := autopilot.ParsePKID(string(c.PKID)); c.PKID != "" && err != nil {
				t.Fatal(err)
			}
			for _, value := range []string{c.Serial, c.Manufacturer, c.Model} {
				if len(value) > 128 || strings.ContainsAny(value, "\x00\r\n\t") || value != strings.Trim(value, " ") {
					t.Fatalf("%q", value)
				}
			}
		}
	})
}
