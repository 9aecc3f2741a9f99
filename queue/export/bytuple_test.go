package export_test

import (
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
)

// TestByTupleLeavesThePKIDOut: what a supervisor has sent by its tuple, because
// Microsoft does not know the PKID, goes to the web site in the same way.
func TestByTupleLeavesThePKIDOut(t *testing.T) {
	t.Parallel()
	e := queue.Entry{
		ID: "a", State: queue.Ready, Customer: "contoso", GroupTag: "Dock", ByTuple: true,
		Device: autopilot.Device{PKID: "3305123456781", Serial: "SN1", Manufacturer: "LENOVO", Model: "20XX"},
	}
	var file strings.Builder
	if _, _, _, err := export.Write(&file, []queue.Entry{e}, export.Options{}); err != nil {
		t.Fatal(err)
	}
	if text := file.String(); !strings.HasSuffix(text, "\r\nSN1,,,LENOVO,20XX\r\n") {
		t.Errorf("the file is %q", text)
	}
}
