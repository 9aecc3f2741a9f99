package manifest_test

import (
	"bytes"
	"errors"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
)

// TestHashOf: the row with the device's PKID or serial number, else the only one; and
// what the list has where nobody can say.
func TestHashOf(t *testing.T) {
	t.Parallel()
	const head = "Device Serial Number,Windows Product ID,Hardware Hash"
	one, other := "5CG4071QZ8,,"+hash("3305123456781", "5CG4071QZ8"), "5CG4071QZ9,,"+hash("3305123456798", "5CG4071QZ9")
	for name, c := range map[string]struct {
		rows   []string
		device autopilot.Device
		row    int
		fails  manifest.HashesError
	}{
		"by serial number": {[]string{one, other}, autopilot.Device{Serial: "5cg4071qz9"}, 3, manifest.HashesError{}},
		"by PKID":          {[]string{one, other}, autopilot.Device{PKID: "3305123456781"}, 2, manifest.HashesError{}},
		"the only one":     {[]string{one}, autopilot.Device{}, 2, manifest.HashesError{}},
		"nobody's":         {[]string{one, other}, autopilot.Device{Serial: "another"}, 0, manifest.HashesError{Hashes: 2}},
		"two":              {[]string{one, other}, autopilot.Device{PKID: "3305123456781", Serial: "5CG4071QZ9"}, 0, manifest.HashesError{Hashes: 2, Fitting: 2}},
		"damaged":          {[]string{"5CG4071QZ8,,T0"}, autopilot.Device{Serial: "5CG4071QZ8"}, 0, manifest.HashesError{Refused: make([]manifest.Refusal, 1)}},
	} {
		raw := text(append([]string{head}, c.rows...)...)
		m, err := manifest.Read(t.Context(), bytes.NewReader(raw), int64(len(raw)), manifest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		row, err := m.HashOf(c.device)
		if c.row > 0 {
			if err != nil || row.Row != c.row {
				t.Errorf("%s: %+v, %v", name, row, err)
			}
			continue
		}
		e, ok := errors.AsType[*manifest.HashesError](err)
		if !ok || e.Hashes != c.fails.Hashes || e.Fitting != c.fails.Fitting || len(e.Refused) != len(c.fails.Refused) {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
	raw := text(head, one)
	m, err := manifest.Read(t.Context(), bytes.NewReader(raw), int64(len(raw)), manifest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	row, err := m.HashOf(autopilot.Device{Serial: "another"})
	if _, ok := errors.AsType[*autopilot.HashMismatchError](err); !ok {
		t.Errorf("the only one, of another: %+v, %v", row, err)
	}
}

// TestASheetIsFoundByWhatIsShownOfIt: what a person chooses is the name as it is shown,
// which a space that does not break is not.
func TestASheetIsFoundByWhatIsShownOfIt(t *testing.T) {
	t.Parallel()
	rows := [][]any{{"PKID", "S/N"}, {"3305123456781", "5CG4071QZ1"}}
	raw := workbook(t, page{name: "Palette\u00a01", rows: rows}, page{name: "Palette\u00a02", rows: append(rows, []any{"3305123456798", "5CG4071QZ2"})})
	_, err := manifest.Read(t.Context(), bytes.NewReader(raw), int64(len(raw)), manifest.Options{})
	several, ok := errors.AsType[*manifest.SheetsError](err)
	if !ok || len(several.Sheets) != 2 {
		t.Fatal(err)
	}
	for n, sheet := range several.Sheets {
		m, err := manifest.Read(t.Context(), bytes.NewReader(raw), int64(len(raw)), manifest.Options{Sheet: sheet})
		if err != nil || m.Taken() != n+1 {
			t.Errorf("%q: %v", sheet, err)
		}
	}
}
