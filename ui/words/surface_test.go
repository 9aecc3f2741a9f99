package words_test

import (
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// TestSurfaceIsPointedBothWays, where it has no PKID and where Microsoft does not know
// it, and nobody else's device is.
func TestSurfaceIsPointedBothWays(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		entry queue.Entry
		want  bool
	}{
		"held without PKID":        {queue.Entry{State: queue.Held, Reason: queue.NoPKID, Device: autopilot.Device{Serial: "1", Manufacturer: "Surface"}}, true},
		"by its model":             {queue.Entry{State: queue.Held, Reason: queue.NoPKID, Device: autopilot.Device{Serial: "1", Model: "Surface Pro 9"}}, true},
		"held for something else":  {queue.Entry{State: queue.Held, Reason: queue.ByPerson, Device: autopilot.Device{Serial: "1", Manufacturer: "Surface"}}, false},
		"with a PKID":              {queue.Entry{State: queue.Held, Reason: queue.NoPKID, Device: autopilot.Device{PKID: "3305123456781", Manufacturer: "Surface"}}, false},
		"unknown to Microsoft":     {queue.Entry{State: queue.Rejected, Code: autopilot.CodeUnknownDevice, Device: autopilot.Device{Serial: "1", Manufacturer: "Microsoft Corporation", Model: "Surface Go"}}, true},
		"somebody else's":          {queue.Entry{State: queue.Rejected, Code: autopilot.CodeOtherTenant, Device: autopilot.Device{Serial: "1", Manufacturer: "Microsoft Corporation", Model: "Surface Go"}}, false},
		"a virtual machine":        {queue.Entry{State: queue.Rejected, Code: autopilot.CodeUnknownDevice, Device: autopilot.Device{Serial: "1", Manufacturer: "Microsoft Corporation", Model: "Virtual Machine"}}, false},
		"another maker's, unknown": {queue.Entry{State: queue.Rejected, Code: autopilot.CodeUnknownDevice, Device: autopilot.Device{Serial: "1", Manufacturer: "HP", Model: "HP EliteBook"}}, false},
	} {
		for _, w := range speakAll(t) {
			next := w.Outcome(test.entry, time.Now()).Next
			whole(t, name, next)
			if got := strings.Contains(next, w.SurfaceWays()); got != test.want {
				t.Errorf("%s, %s: %s", w.Language(), name, next)
			}
		}
	}
}
