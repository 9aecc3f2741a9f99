package export_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
)

func TestSerials(t *testing.T) {
	t.Parallel()
	var entries []queue.Entry
	for _, serial := range []string{"012345678957", "", "  ", "=1", "a,b", `a"b`, "a\r\nb", "é", "@x", strings.Repeat("9", 129), "012345678957", "045678"} {
		entries = append(entries, entry(serial, autopilot.Device{Serial: serial, PKID: "3300000000001"}))
	}
	var out bytes.Buffer
	taken, refused, err := export.Serials(&out, entries)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("012345678957\r\n045678\r\n", out.String()); diff != "" || len(taken) != 2 {
		t.Errorf("%d taken (-want +got):\n%s", len(taken), diff)
	}
	var why []export.Reason
	for _, r := range refused {
		why = append(why, r.Reason)
	}
	want := []export.Reason{
		export.NoSerial, export.NoSerial, export.Formula, export.Comma, export.Quote, export.Newline, export.NonASCII, export.Formula,
		export.TooLong, export.Duplicate,
	}
	if diff := cmp.Diff(want, why); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
	out.Reset()
	if taken, refused, err := export.Serials(&out, entries[1:2]); err != nil || len(taken) > 0 || len(refused) != 1 || out.Len() > 0 {
		t.Errorf("of nothing: %v, %v, %v, %q", taken, refused, err, out.String())
	}
	if _, _, err := export.Serials(brokenWriter{}, entries[:1]); err == nil || errors.Is(err, export.ErrFileName) {
		t.Errorf("a full disk: %v", err)
	}
}
