package vocabulary_test

import (
	"fmt"
	"strings"
	"testing"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/demo"
	"pkidstation/cmd/internal/directory"
	"pkidstation/cmd/internal/explain"
	"pkidstation/cmd/internal/keyring"
	"pkidstation/cmd/internal/station"
	"pkidstation/cmd/internal/uplink"
	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/queue/export"
	"pkidstation/queue/export/leave"
	"pkidstation/queue/export/report"
	"pkidstation/scanner/camera"
	"pkidstation/scanner/serial"
	"pkidstation/ui/words"
)

// What the papers of an order are made with are the station's words.
var _ leave.Words = (*words.Words)(nil)

// TestSentences: every error of the adapters has a sentence in both languages,
// also behind an error that wraps it.
func TestSentences(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "fr_FR.UTF-8"} {
		w, err := vocabulary.New(language)
		if err != nil {
			t.Fatal(err)
		}
		unknown := w.Error(fmt.Errorf("something else"))
		for _, e := range []error{
			serial.ErrNotFound, serial.ErrPermission, serial.ErrNotSerial, serial.ErrBusy, serial.ErrBaud, serial.ErrLost,
			serial.ErrAddress, camera.ErrNoCamera, camera.ErrNotMJPEG, camera.ErrRedirect, camera.ErrStalled, camera.ErrBroken,
			camera.ErrSeveral, camera.ErrUnsupported, camera.ErrPermission, camera.ErrBusy, camera.ErrBandwidth, camera.ErrUseless, camera.ErrUnplugged, camera.ErrDriver,
			camera.ErrUnreadable, camera.ErrTooLarge, explain.ErrNotEmpty, uplink.ErrCSVOnly, uplink.ErrNoToken, keyring.ErrUnreadable, keyring.ErrNoKeyring, demo.ErrScript,
			directory.ErrHeader, directory.ErrEmpty, directory.ErrTooBig, directory.ErrTooMany, directory.ErrUnclear,
			station.ErrNoReception, &export.ExistsError{Path: "x"}, &export.ReadError{Line: 2, Reason: export.Quote}, export.ErrNotOrdinary,
			export.ErrFileName, export.ErrHeader, export.ErrSeveralCustomers, export.ErrSeveralGroupTags, report.ErrFull,
			&leave.OrderError{Fault: leave.Twice}, leave.ErrPaper, &serial.LostError{Device: "d"},
			&camera.FileError{File: "f", Err: camera.ErrUnreadable}, config.ErrChanged, config.ErrFixed, config.ErrByHand,
		} {
			text := w.Error(fmt.Errorf("doing this: %w", e))
			if text[:10] == unknown[:10] || strings.HasPrefix(text, "[") || strings.Contains(text, "doing this") {
				t.Errorf("%s: %v has no sentence: %s", language, e, text)
			}
		}
	}
}

func TestLanguageOf(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		environ string
		want    string
	}{
		{"LANG=fr_FR.UTF-8", "fr_FR.UTF-8"},
		{"LANG=fr LC_ALL=en", "en"},
		{"LANG=fr LC_MESSAGES=de LC_ALL=", "de"},
		{"HOME=/", ""},
		{"", ""},
	} {
		if got := vocabulary.LanguageOf(strings.Fields(tt.environ)); got != tt.want {
			t.Errorf("%s: %q", tt.environ, got)
		}
	}
}
