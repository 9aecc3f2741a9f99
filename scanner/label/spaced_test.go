package label_test

import (
	"testing"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// TestSpacedKeys: a product key is one however its characters are parted.
func TestSpacedKeys(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"MODEL: VK7JGNPHTM C97JM 9MPGT 3V66T", "S/N: VK7JGNPHTM-C97JM9MPGT3V66T", "VK7JGNPHTM C97JM9MPGT 3V66T",
		"VK7JG     NPHTM     C97JM     9MPGT     3V66T", "VK7JG_x_NPHTM_x_C97JM_x_9MPGT_x_3V66T",
		"V K 7 J G N P H T M C 9 7 J M 9 M P G T 3 V 6 6 T", "P/N: VK-7JGNP-HTMC97-JM9MPGT3V66T", "%PKID%VK7JGNPHTM C97JM9MPGT 3V66T",
	} {
		if got := label.Classify(scanner.Scan{Text: text}); got.Kind != label.Secret || got.Text != "" {
			t.Errorf("%q is %s with text %q", text, got.Kind, got.Text)
		}
	}
	for _, text := range []string{
		"3305123456781", "S/N: 5CG1234XYZ P/N: 8Q3R7PA#ABF", "Model: TravelBook 14 G3, 16 GB, 512 GB", "2346789 2346789 2346789 2346789 2346789",
	} {
		if label.HoldsSecret(text) {
			t.Errorf("%q is called a product key", text)
		}
	}
}
