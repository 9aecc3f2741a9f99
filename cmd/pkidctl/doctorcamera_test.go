package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	pkidctl "pkidstation/cmd/pkidctl"
	"pkidstation/scanner/camera/v4l2"
	"pkidstation/scanner/camera/v4l2/v4l2test"
	"pkidstation/scanner/scannertest"
)

// A glimpse is one line of doctor camera --json.
type glimpse struct {
	Pictures      int
	PerSecond     float64 `json:"per_second"`
	Width, Height int
	Codes         []struct{ Kind, Text string }
	Advice        []string
	Change        *bool
	Name, Reason  string
	Modes         []string
}

func glimpses(t *testing.T, out string) []glimpse {
	t.Helper()
	var all []glimpse
	for line := range strings.Lines(out) {
		var g glimpse
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			t.Fatalf("%q is no JSON: %v", line, err)
		}
		all = append(all, g)
	}
	return all
}

// seenLabel is a label before a small webcam, with one thing changed.
func seenLabel(change func(*scannertest.Scene)) *image.Gray {
	s := scannertest.Plain(image.Pt(800, 600))
	s.Module = 1.8
	change(&s)
	return s.Frame(11).Image
}

func asIs(*scannertest.Scene) {}

func jpegOf(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func kept(t *testing.T, name string, content []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestDoctorCameraOfPictures: what is wrong with each, and the exit code that says
// whether anything is.
func TestDoctorCameraOfPictures(t *testing.T) {
	t.Parallel()
	dark := seenLabel(asIs)
	for n, v := range dark.Pix {
		dark.Pix[n] = v / 6
	}
	for name, tt := range map[string]struct {
		picture image.Image
		code    int
		advice  string
	}{
		"held well": {seenLabel(asIs), 0, "fine"},
		"dark":      {dark, 3, "too-dark"},
		"blurred":   {seenLabel(func(s *scannertest.Scene) { s.Blur = 4 }), 3, "out-of-focus"},
		"far":       {seenLabel(func(s *scannertest.Scene) { s.Module = 0.7 }), 3, "closer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			got := runIt(t, data, "", nil, "doctor", "camera", "--json", kept(t, "label.jpg", jpegOf(t, tt.picture)))
			got.want(t, tt.code)
			all := glimpses(t, got.out)
			if len(all) != 2 || all[0].Pictures != 1 || all[0].Width != 800 || all[0].PerSecond != 0 {
				t.Fatalf("%s", got.out)
			}
			if last := all[1]; strings.Join(last.Advice, " ") != tt.advice || last.Change == nil || *last.Change != (tt.code == 3) {
				t.Errorf("%+v, want %s", last, tt.advice)
			}
			if read := slices.ContainsFunc(all[0].Codes, func(c struct{ Kind, Text string }) bool { return c.Kind == "pkid" }); tt.code == 0 && !read {
				t.Errorf("no PKID was read: %+v", all[0].Codes)
			}
			if made, err := os.ReadDir(data); err != nil || len(made) > 0 {
				t.Errorf("something was kept: %v, %v", made, err)
			}
		})
	}
}

// TestDoctorCameraOfAFilm: all frames count, and are no rate of a camera's.
func TestDoctorCameraOfAFilm(t *testing.T) {
	t.Parallel()
	var film bytes.Buffer
	img := seenLabel(asIs)
	if err := scannertest.WriteY4M(&film, 5, img, img, img); err != nil {
		t.Fatal(err)
	}
	got := runIt(t, t.TempDir(), "", nil, "doctor", "camera", "--json", kept(t, "label.y4m", film.Bytes()))
	got.want(t, 0)
	pictures := 0
	for _, g := range glimpses(t, got.out) {
		pictures += g.Pictures
		if g.PerSecond != 0 {
			t.Errorf("%+v", g)
		}
	}
	if pictures != 3 {
		t.Errorf("%d pictures", pictures)
	}
}

// TestDoctorCameraOfAStream: a network camera that does well, and what is none.
func TestDoctorCameraOfAStream(t *testing.T) {
	t.Parallel()
	picture := jpegOf(t, seenLabel(asIs))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/video" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "multipart/x-mixed-replace; boundary=frame")
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			_, _ = fmt.Fprintf(w, "--frame\r\nContent-Length: %d\r\n\r\n%s\r\n", len(picture), picture)
			_ = http.NewResponseController(w).Flush()
			select {
			case <-tick.C:
			case <-r.Context().Done():
				return
			}
		}
	}))
	t.Cleanup(server.Close)
	got := runIt(t, t.TempDir(), "", nil, "doctor", "camera", "--json", "--seconds", "3", server.URL+"/video")
	if got.out == "" {
		t.Fatal(got.errors)
	}
	all := glimpses(t, got.out)
	last := all[len(all)-1]
	// A busy machine is a slow camera, and nothing else is wrong with this one.
	if advice := strings.Join(last.Advice, " "); advice != "fine" && advice != "slow" || got.code != map[string]int{"slow": 3}[advice] {
		t.Errorf("exit %d:\n%s", got.code, got.out)
	}
	if len(all) < 2 || all[0].PerSecond <= 0 || len(all[0].Codes) == 0 {
		t.Errorf("%s", got.out)
	}
	runIt(t, t.TempDir(), "", nil, "doctor", "camera", server.URL+"/none").want(t, 1, "no MJPEG camera")
}

// besideCameras runs pkidctl on a made-up machine.
func besideCameras(t *testing.T, m *v4l2test.Machine, environ []string, args ...string) result {
	t.Helper()
	var out, complaints sharedBuffer
	process := asPkidctl(t, t.TempDir(), args...)
	process.Env = append(process.Env, environ...)
	code := pkidctl.RunBeside(t.Context(), m.System(), args, strings.NewReader(""), &out, &complaints, process.Environ())
	return result{code: code, out: out.String(), errors: complaints.String()}
}

func webcam(picture []byte) *v4l2test.Camera {
	return &v4l2test.Camera{
		Card: "Dock cam", Bus: "usb-1", Each: func(int) []byte { return picture }, Every: 30 * time.Millisecond,
		Modes: []v4l2.Mode{{Format: v4l2.MJPG, Width: 800, Height: 600, PerSecond: 30}},
	}
}

// TestDoctorCameraByName: a camera of this PC, in both languages; one that is listed
// and refuses; none at all.
func TestDoctorCameraByName(t *testing.T) {
	t.Parallel()
	m := v4l2test.New(t)
	m.Plug(t, 0, webcam(jpegOf(t, seenLabel(func(s *scannertest.Scene) { s.Blur = 4 }))))
	m.Plug(t, 1, &v4l2test.Camera{Card: "Theirs", Fail: func(r v4l2test.Request, _ int) syscall.Errno {
		if r == v4l2test.Open {
			return syscall.EACCES
		}
		return 0
	}})
	for language, want := range map[string][2]string{
		"en_GB.UTF-8": {"a second · 800 × 600", "- Out of focus: hold the label"}, "fr_FR.UTF-8": {"par seconde · 800 × 600", "- Image floue : tenez l'étiquette"},
	} {
		got := besideCameras(t, m, []string{"LANG=" + language, "LC_ALL=", "LC_MESSAGES="}, "doctor", "camera", "--seconds", "2", "dock cam")
		got.want(t, 3)
		for _, part := range want {
			if !strings.Contains(strings.ReplaceAll(got.out, "\u00a0", " "), part) {
				t.Errorf("%s: %q is not in\n%s", language, part, got.out)
			}
		}
	}
	besideCameras(t, m, nil, "doctor", "camera").want(t, 0, "Dock cam · ", "MJPG 800x600 30/s", "Theirs", "this account may not use it")
	listed := glimpses(t, besideCameras(t, m, nil, "doctor", "camera", "--list", "--json").out)
	if len(listed) != 2 || listed[0].Name != "Dock cam" || len(listed[0].Modes) != 1 || listed[1].Reason != "permission" {
		t.Errorf("%+v", listed)
	}
	besideCameras(t, m, nil, "doctor", "camera", "Theirs").want(t, 1, "this account may not use it")
	besideCameras(t, m, nil, "doctor", "camera", "Nobody").want(t, 1, "there is none with this name")
	besideCameras(t, m, []string{"PKIDSTATION_SCANNER_CAMERA=Theirs"}, "doctor", "camera").want(t, 1, "this account may not use it")
	besideCameras(t, v4l2test.New(t), nil, "doctor", "camera").want(t, 1, "No camera is plugged into this PC")
	besideCameras(t, m, nil, "doctor", "camera", "--seconds", "0", "Dock cam").want(t, 2)
	besideCameras(t, m, nil, "doctor", "camera", "a", "b").want(t, 2)
}

// pulledOut is a webcam that is pulled out after so many pictures.
func pulledOut(t *testing.T, after int) *v4l2test.Camera {
	t.Helper()
	device := webcam(jpegOf(t, seenLabel(asIs)))
	device.Fail = func(r v4l2test.Request, n int) syscall.Errno {
		if r == v4l2test.Dequeue && n > after {
			return syscall.ENODEV
		}
		return 0
	}
	return device
}

// TestDoctorCameraUnplugged: it says so.
func TestDoctorCameraUnplugged(t *testing.T) {
	t.Parallel()
	m := v4l2test.New(t)
	m.Plug(t, 0, pulledOut(t, 20))
	besideCameras(t, m, nil, "doctor", "camera", "--seconds", "60", "Dock cam").want(t, 1, "The camera is gone")
}

// TestScanFromACameraByName takes a box from a camera of this PC until it is unplugged.
func TestScanFromACameraByName(t *testing.T) {
	t.Parallel()
	m := v4l2test.New(t)
	m.Plug(t, 0, pulledOut(t, 60))
	got := besideCameras(t, m, nil, "scan", "--json", "--customer", "contoso.example", "--camera", "Dock cam")
	got.want(t, 1, "The camera is gone")
	if !strings.Contains(got.out, `"verdict":"accepted"`) {
		t.Errorf("%s", got.out)
	}
}

// TestDoctorCameraHidesAProductKey wherever it would show.
func TestDoctorCameraHidesAProductKey(t *testing.T) {
	t.Parallel()
	bits, err := qrcode.NewQRCodeWriter().Encode(productKey, gozxing.BarcodeFormat_QR_CODE, 300, 300, nil)
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewGray(image.Rect(0, 0, 400, 400))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for y := range bits.GetHeight() {
		for x := range bits.GetWidth() {
			if bits.Get(x, y) {
				img.Pix[(y+50)*img.Stride+x+50] = 0
			}
		}
	}
	file := kept(t, "key.jpg", jpegOf(t, img))
	for _, args := range [][]string{{"doctor", "camera", file}, {"doctor", "camera", "--json", file}} {
		got := runIt(t, t.TempDir(), "", nil, args...)
		if strings.Contains(got.out+got.errors, productKey[:11]) || !strings.Contains(got.out, "secret") && !strings.Contains(got.out, "Windows product key") {
			t.Errorf("%s%s", got.out, got.errors)
		}
	}
}
