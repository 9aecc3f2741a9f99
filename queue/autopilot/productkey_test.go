package autopilot_test

import (
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
)

func TestHoldsProductKey(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"":                                    false,
		"3305123456781":                       false,
		"VK7JG-NPHTM-C97JM-9MPGT-3V66T":       true,
		"key: vk7jg nphtm c97jm 9mpgt 3v66t.": true,
		"VK7JGNPHTMC97JM9MPGT3V66T":           true,
		"VK7JG\nNPHTM\nC97JM\n9MPGT\n3V66T":   true,
		"V K 7 J G N P H T M C 9 7 J M 9 M P G T 3 V 6 6 T": true,
		strings.Repeat("23467", 5):                          true,
		strings.Repeat("2346789", 6):                        false,
		"c0ffee00-1111-4222-8333-444455556666":              false,
		strings.Repeat("A", 100):                            false,
	} {
		if got := autopilot.HoldsProductKey(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
