package camera_test

import (
	"bytes"
	"errors"
	"image"
	"io"
	"testing"

	"pkidstation/scanner/camera"
)

// FuzzReadPicture reads any file: it is a picture within the limits or a
// *FileError with one of our words.
func FuzzReadPicture(f *testing.F) {
	f.Add([]byte("P2 2 2 15\n0 15 15 0"))
	f.Add([]byte("P5 # grey\n2 2 255\n\x00\xff\xff\x00"))
	f.Add([]byte("P5 1 1 65535\n\x00\x01"))
	f.Add(asPNG(f, label(f)))
	f.Add(asJPEG(f, label(f)))
	f.Fuzz(func(t *testing.T, content []byte) {
		img, err := camera.ReadPicture(t.Context(), write(t, t.TempDir(), "f", content))
		if err == nil && img.Bounds().Empty() {
			t.Error("an empty picture")
		}
		if err != nil && !errors.Is(err, camera.ErrUnreadable) && !errors.Is(err, camera.ErrTooLarge) {
			t.Errorf("error %v", err)
		}
	})
}

// FuzzVideo plays any Y4M file to its end.
func FuzzVideo(f *testing.F) {
	f.Add([]byte("YUV4MPEG2 W2 H2 F25:1 Cmono\nFRAME\n\x00\xff\xff\x00FRAME\n\x00"))
	f.Add([]byte("YUV4MPEG2 W3 H1 C420\nFRAME\n\x00\xff\xff\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		content = append([]byte("YUV4MPEG2 "), content...)
		_, err := play(t.Context(), open(t, write(t, t.TempDir(), "f.y4m", content), camera.Options{}))
		if err != nil && !errors.Is(err, camera.ErrUnreadable) && !errors.Is(err, camera.ErrTooLarge) && !errors.Is(err, camera.ErrBroken) {
			t.Errorf("error %v", err)
		}
	})
}

// FuzzStream plays whatever an address answers: pictures within the limits, an end,
// or one of our words.
func FuzzStream(f *testing.F) {
	picture := string(asJPEG(f, label(f)))
	f.Add(mjpeg, []byte("--frame\r\n\r\n"+picture+"\r\n--frame--\r\n"))
	f.Add(mjpeg, []byte("--frame\r\nContent-Length: 1000000000\r\n\r\n"))
	f.Add(mjpeg, []byte("--frame\r\nContent-Length: 2\r\n\r\n\xff\xd8\r\n--frame\r\n\r\n"))
	f.Add("multipart/x-mixed-replace;boundary=--frame", []byte("--frame\r\n\r\n"+picture+"--frame--"))
	f.Add(mjpeg, append([]byte("--frame\r\n\r\n"), jpegOf(0xc2, 60000, 60000, 3)...))
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		err := camera.PlayParts(t.Context(), contentType, bytes.NewReader(body), func(img image.Image) {
			if size := img.Bounds(); size.Empty() || size.Dx()*size.Dy() > 16_000_000 {
				t.Errorf("a picture of %v", size)
			}
		})
		for _, known := range []error{io.EOF, camera.ErrNotMJPEG, camera.ErrTooLarge, camera.ErrBroken} {
			if errors.Is(err, known) {
				return
			}
		}
		t.Errorf("%v", err)
	})
}
