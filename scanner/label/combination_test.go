package label_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/label"
)

// TestCombinations lists which kinds come with which confidence and reason.
// The screens and the queue rely on it: a new combination is a new case for
// them.
func TestCombinations(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{"other certain too-long": true, "other certain hardware-hash": true} // of no row: see TestTooLong, TestHardwareHash
	for _, r := range rows(t) {
		c := label.Classify(r.scan)
		seen[strings.TrimSpace(strings.Join([]string{string(c.Kind), string(c.Confidence), string(c.Reason)}, " "))] = true
	}
	want := []string{
		"command certain",
		"gtin ambiguous two-readings", "gtin certain", "gtin high",
		"iccid certain", "iccid high", "imei certain", "imei high", "mac certain", "mac high",
		"model certain", "model high", "order certain", "order high",
		"other certain all-equal", "other certain control-characters", "other certain express-code", "other certain hardware-hash",
		"other certain no-identity", "other certain pcid", "other certain product-id", "other certain snid", "other certain too-long",
		"other certain unknown",
		"part certain", "part high",
		"pkid ambiguous could-be-gtin", "pkid certain", "pkid high",
		"quantity ambiguous two-readings", "quantity certain", "quantity high",
		"secret certain secret",
		"serial ambiguous shape-only", "serial ambiguous two-readings", "serial certain", "serial high",
		"sscc high",
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(seen))); diff != "" {
		t.Errorf("combinations (-want +got):\n%s", diff)
	}
}
