package label_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"pkidstation/scanner/label"
)

// TestLogsKeepTexts: a logged code says what kind it is and nothing that was
// read, in any handler.
func TestLogsKeepTexts(t *testing.T) {
	t.Parallel()
	code := label.Code{
		Kind: label.Serial, Confidence: label.Ambiguous, Text: "TEXT-1", Reason: label.TwoReadings, Model: "MODEL-1", Or: "OTHER-1",
		Stands: "STANDS-1",
	}
	var out bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(handler).Info("read", "code", code)
	}
	for _, secret := range []string{code.Text, code.Model, code.Or, code.Stands} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%q is in the log:\n%s", secret, &out)
		}
	}
	for _, word := range []string{"code.kind=serial", "code.confidence=ambiguous", "code.reason=two-readings"} {
		if !strings.Contains(out.String(), word) {
			t.Errorf("%q is not in the log:\n%s", word, &out)
		}
	}
}
