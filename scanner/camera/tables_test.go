package camera_test

import (
	"bytes"
	"image/jpeg"
	"testing"

	"pkidstation/scanner/camera"
)

// bare is a JPEG without its Huffman tables, as many cameras send it.
func bare(tb testing.TB, picture []byte) []byte {
	tb.Helper()
	without := bytes.Clone(picture[:2])
	for content := picture[2:]; ; {
		length := 2 + int(content[2])<<8 + int(content[3])
		if content[1] == 0xda {
			return append(without, content...)
		}
		if content[1] != 0xc4 {
			without = append(without, content[:length]...)
		}
		content = content[length:]
	}
}

// TestJPEGsWithoutTables: image/jpeg refuses them; with the standard's they are the
// same pictures.
func TestJPEGsWithoutTables(t *testing.T) {
	t.Parallel()
	picture := asJPEG(t, label(t, "AB-12"))
	without := bare(t, picture)
	if _, err := jpeg.Decode(bytes.NewReader(without)); err == nil {
		t.Fatal("the tables are still there")
	}
	want, err := jpeg.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	got, err := jpeg.Decode(bytes.NewReader(camera.WithTables(without)))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(asPNG(t, got), asPNG(t, want)) {
		t.Error("another picture")
	}
	for _, same := range [][]byte{picture, nil, {0xff}, {0xff, 0xd8}, {0xff, 0xd8, 0xff, 0xff, 0xff}, []byte("no picture"), without[:40], {0xff, 0xd8, 0xff, 0xe0, 0, 0}} {
		if !bytes.Equal(camera.WithTables(same), same) {
			t.Errorf("%.40q was changed", same)
		}
	}
}
