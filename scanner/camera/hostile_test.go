package camera_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"pkidstation/scanner/camera"
	"pkidstation/scanner/vision"
)

// mostMemory is what anything hostile may take.
const mostMemory = 200 << 20

// allocated is how much memory was taken in all while something was done: more than
// was ever held at once.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// jpegOf is a JPEG's frame header of a kind (0xc0 baseline, 0xc2 progressive) with
// parts of full size each (but for how often the first is sampled), and the first
// scan's header after it.
func jpegOf(kind byte, width, height uint16, parts byte, first ...byte) []byte {
	b := bytes.NewBuffer([]byte{0xff, 0xd8})
	segment := func(marker byte, content []byte) {
		b.Write([]byte{0xff, marker, byte((len(content) + 2) >> 8), byte(len(content) + 2)})
		b.Write(content)
	}
	segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...))
	frame := []byte{8, byte(height >> 8), byte(height), byte(width >> 8), byte(width), parts}
	scan := []byte{parts}
	for n := range parts {
		frame = append(frame, n+1, 0x11, 0)
		if n == 0 && len(first) > 0 {
			frame[len(frame)-2] = first[0]
		}
		scan = append(scan, n+1, 0)
	}
	segment(kind, frame)
	segment(0xda, append(scan, 0, 0, 0))
	b.Write(make([]byte, 100))
	return b.Bytes()
}

// bomb is a PNG of many pixels of 16 bits and four channels in a few bytes.
func bomb(t *testing.T, side uint32) []byte {
	t.Helper()
	b := bytes.NewBufferString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, content []byte) {
		_ = binary.Write(b, binary.BigEndian, uint32(len(content)))
		b.WriteString(kind)
		b.Write(content)
		_ = binary.Write(b, binary.BigEndian, crc32.ChecksumIEEE(append([]byte(kind), content...)))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, side), side)
	chunk("IHDR", append(head, 16, 6, 0, 0, 0))
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	chunk("IDAT", packed.Bytes())
	chunk("IEND", nil)
	return b.Bytes()
}

// TestHostilePicturesTakeLittle: refused in words, and never with more memory than
// is said.
func TestHostilePicturesTakeLittle(t *testing.T) { //nolint:paralleltest // it measures the process's memory
	folder := t.TempDir()
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"a JPEG of 60,000 x 60,000":       {jpegOf(0xc0, 60000, 60000, 3), camera.ErrTooLarge},
		"a JPEG of 50 megapixels":         {jpegOf(0xc0, 7000, 7000, 3), camera.ErrTooLarge},
		"a progressive one of 49":         {jpegOf(0xc2, 7000, 7000, 3), camera.ErrTooLarge},
		"a progressive one in grey":       {jpegOf(0xc2, 7000, 7000, 1), camera.ErrTooLarge},
		"a progressive one of 4":          {jpegOf(0xc2, 2000, 2000, 3), camera.ErrUnreadable},
		"a usual JPEG of 49, cut":         {jpegOf(0xc0, 7000, 7000, 3, 0x22), camera.ErrUnreadable},
		"a usual progressive one of 16":   {jpegOf(0xc2, 4000, 4000, 3, 0x22), camera.ErrUnreadable},
		"a usual progressive one of 25":   {jpegOf(0xc2, 5000, 5000, 3, 0x22), camera.ErrTooLarge},
		"a JPEG of 36":                    {jpegOf(0xc0, 6000, 6000, 3), camera.ErrUnreadable},
		"a JPEG in CMYK":                  {jpegOf(0xc0, 7000, 7000, 4), camera.ErrTooLarge},
		"a PNG of 60,000 x 60,000":        {header(60000, 60000), camera.ErrTooLarge},
		"a PNG of 49 with 16 bits":        {bomb(t, 7000), camera.ErrTooLarge},
		"a PNG of 9 with 16 bits, cut":    {bomb(t, 3000), camera.ErrUnreadable},
		"a PGM of 60,000 x 60,000":        {[]byte("P5 60000 60000 255\n"), camera.ErrTooLarge},
		"a PGM of 49, cut":                {[]byte("P5 7000 7000 255\nxyz"), camera.ErrUnreadable},
		"a video of 60,000 x 60,000":      {[]byte("YUV4MPEG2 W60000 H60000\nFRAME\n"), camera.ErrTooLarge},
		"a video of 49 that is cut":       {[]byte("YUV4MPEG2 W7000 H7000\nFRAME\nxyz"), camera.ErrBroken},
		"a video with an endless header":  {append([]byte("YUV4MPEG2 "), bytes.Repeat([]byte("x"), 1<<20)...), camera.ErrUnreadable},
		"a JPEG with a thousand comments": {append([]byte{0xff, 0xd8}, bytes.Repeat([]byte{0xff, 0xfe, 0, 4, 1, 1}, 1000)...), camera.ErrUnreadable},
	} {
		file := write(t, folder, "hostile", c.content)
		var err error
		took := allocated(func() { _, err = play(t.Context(), open(t, file, camera.Options{})) })
		if !errors.Is(err, c.want) || took > mostMemory {
			t.Errorf("%s: %d MiB, error %v, want %v", name, took>>20, err, c.want)
		}
	}
}

// TestLargestPicturesTakeWhatIsSaid: what is let through keeps to it as well, read and
// looked at.
func TestLargestPicturesTakeWhatIsSaid(t *testing.T) { //nolint:paralleltest // it measures the process's memory
	if testing.Short() || raceDetector {
		t.Skip("it looks at 49 megapixels")
	}
	file := write(t, t.TempDir(), "large", asJPEG(t, image.NewGray(image.Rect(0, 0, 7000, 7000))))
	var img image.Image
	var err error
	read := allocated(func() { img, err = camera.ReadPicture(t.Context(), file) })
	if err != nil {
		t.Fatal(err)
	}
	looked := allocated(func() { vision.Decode(img) })
	if read+looked > mostMemory {
		t.Errorf("%d MiB to read it, %d to look at it", read>>20, looked>>20)
	}
}

// TestHostileStreamsTakeLittle: the same of what poses as a network camera.
func TestHostileStreamsTakeLittle(t *testing.T) { //nolint:paralleltest // it measures the process's memory
	zeros := strings.Repeat("\x00", 1<<16)
	endless := func(begin string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mjpeg)
			_, err := io.WriteString(w, begin)
			for err == nil {
				_, err = io.WriteString(w, zeros)
			}
		}
	}
	pictures := func(content []byte, count int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mjpeg)
			for range count {
				part(w, content)
			}
		}
	}
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		want    error
	}{
		"a part of 1 GB":             {endless("--frame\r\nContent-Length: 1000000000\r\n\r\n"), camera.ErrTooLarge},
		"a part of more than counts": {endless("--frame\r\nContent-Length: 99999999999999999999\r\n\r\n"), camera.ErrTooLarge},
		"a part without end":         {endless("--frame\r\n\r\n"), camera.ErrTooLarge},
		"a header without end":       {endless("--frame\r\nX: "), camera.ErrBroken},
		"no part at all":             {endless(""), camera.ErrBroken},
		"60,000 x 60,000":            {pictures(jpegOf(0xc0, 60000, 60000, 3), 1), camera.ErrTooLarge},
		"16 megapixels, progressive": {pictures(jpegOf(0xc2, 4000, 4000, 3), 100), camera.ErrTooLarge},
		"damaged ones without end":   {pictures(jpegOf(0xc0, 640, 480, 3), 1000), camera.ErrBroken},
		"parts of nothing":           {pictures(nil, 100000), camera.ErrBroken},
	} {
		address := serve(t, c.handler)
		var err error
		took := allocated(func() { _, err = play(t.Context(), open(t, address, camera.Options{})) })
		if !errors.Is(err, c.want) || took > mostMemory {
			t.Errorf("%s: %d MiB, error %v, want %v", name, took>>20, err, c.want)
		}
	}
}
