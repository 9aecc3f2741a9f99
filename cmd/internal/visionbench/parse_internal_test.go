package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What the peers printed of real frames.
const (
	zbarPrinted = `<barcodes xmlns='http://zbar.sourceforge.net/2008/barcode'>
<source href='f.pgm'>
<index num='0'>
<symbol type='CODE-128' quality='22' orientation='UP'><data><![CDATA[3897851084042]]></data></symbol>
<symbol type='EAN-13' quality='81' orientation='UP' configs='EMIT_CHECK'><data><![CDATA[0118427853663]]></data></symbol>
<symbol type='QR-Code' quality='1' orientation='UP'><data format='base64' length='4'><![CDATA[
/wBhCg==
]]></data></symbol>
</index>
</source>
</barcodes>
`
	zbarNothing  = "<barcodes xmlns='http://zbar.sourceforge.net/2008/barcode'>\n<source href='f.pgm'>\n</source>\n</barcodes>\n"
	zxingPrinted = `/tmp/a b/f.pgm Code128 "825AC10B0B13"
/tmp/a b/f.pgm UPC-A "118427853663"
/tmp/a b/f.pgm EAN-13 "0118427853663"
/tmp/a b/f.pgm QRCode "say "a"<LF><GS>caf<U+E9>"
`
	zxingFile = "/tmp/a b/f.pgm"
)

func TestParsePeers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		parse  func([]byte, string) ([]string, error)
		output string
		want   []string
	}{
		"zbar":          {parseZbar, zbarPrinted, []string{"3897851084042", "118427853663", "\xff\x00a\n"}},
		"zbar nothing":  {parseZbar, zbarNothing, nil},
		"zxing":         {parseZXing, zxingPrinted, []string{"825AC10B0B13", "118427853663", "118427853663", "say \"a\"\n\x1dcafé"}},
		"zxing nothing": {parseZXing, zxingFile + " None\n", nil},
	} {
		got, err := test.parse([]byte(test.output), zxingFile)
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, output := range []string{"other.pgm None\n", zxingFile + " Code128\n", zxingFile + " Code128 text\n", zxingFile + " Code128 \"\n"} {
		if got, err := parseZXing([]byte(output), zxingFile); err == nil {
			t.Errorf("zxing: %q is %q", output, got)
		}
	}
	for _, output := range []string{"", "<barcodes>", "<a><source><index><symbol><data format='base64'>%</data></symbol></index></source></a>"} {
		if got, err := parseZbar([]byte(output), ""); err == nil {
			t.Errorf("zbar: %q is %q", output, got)
		}
	}
}
