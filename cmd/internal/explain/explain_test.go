package explain_test

import (
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"pkidstation/cmd/internal/explain"
	"pkidstation/scanner/code128"
	"pkidstation/scanner/scannertest"
	"pkidstation/scanner/vision"
	"pkidstation/ui/words"
)

// explained writes down what is seen on a picture, and gives the names of the
// files, the index, and what was read.
func explained(t *testing.T, img image.Image, language string) (dir string, names []string, text string, codes []vision.Code) {
	t.Helper()
	w, err := words.New(language)
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(t.TempDir(), "why")
	folder, err := explain.Create(dir, w)
	if err != nil {
		t.Fatal(err)
	}
	var notes explain.Notes
	codes = vision.Reader{Explain: notes.Take}.Decode(t.Context(), img)
	if err := errors.Join(folder.Write("box.png", img.Bounds(), &notes), folder.Close()); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	index, err := os.ReadFile(filepath.Join(dir, "explain.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return dir, names, string(index), codes
}

// open gives a picture that was written.
func open(t *testing.T, file string) image.Image {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it was only read.
	img, err := png.Decode(f)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return img
}

// TestLabel: a label has pictures of every stage, all can be opened, are of a
// size to look at and named in the index, which has each code that was read.
func TestLabel(t *testing.T) {
	t.Parallel()
	s := scannertest.Plain(image.Pt(1280, 720))
	s.Turn = 15
	frame := s.Frame(2)
	dir, names, text, codes := explained(t, frame.Image, "en")
	all := strings.Join(names, " ")
	for _, want := range []string{
		`\b01-frame\.png`, `01-band-\d\d-lines\.png`, `01-band-\d\d-profile\.png`, `01-band-\d\d-reading-1-believed\.png`,
		`01-black-1\.png`,
	} {
		if !regexp.MustCompile(want).MatchString(all) {
			t.Errorf("no %s among %s", want, all)
		}
	}
	const most = 1600
	for _, name := range names {
		if name == "explain.txt" {
			continue
		}
		if size := open(t, filepath.Join(dir, name)).Bounds().Size(); size.X > most || size.Y > most || size.X == 0 {
			t.Errorf("%s is %v", name, size)
		}
		if !strings.Contains(text, name) {
			t.Errorf("the index says nothing of %s", name)
		}
	}
	if len(codes) < 3 {
		t.Fatalf("read %v", codes)
	}
	for _, c := range codes {
		if !strings.Contains(text, "“"+c.Text+"”: believed") {
			t.Errorf("the index has no %s:\n%s", c.Text, text)
		}
	}
}

// TestFrameIsMarked: what was read is outlined in green, at its corners.
func TestFrameIsMarked(t *testing.T) {
	t.Parallel()
	frame := scannertest.Plain(image.Pt(1280, 720)).Frame(2)
	dir, _, _, codes := explained(t, frame.Image, "en")
	img := open(t, filepath.Join(dir, "01-frame.png"))
	for _, c := range codes {
		r, g, b, _ := img.At(c.Corners[0].X, c.Corners[0].Y).RGBA()
		if g < 2*r || g < 2*b {
			t.Errorf("%s: the corner %v is not green", c.Text, c.Corners[0])
		}
	}
}

// TestNothing: of an even picture there is the frame, and that nothing was read,
// in the language asked for.
func TestNothing(t *testing.T) {
	t.Parallel()
	_, names, text, _ := explained(t, image.NewGray(image.Rect(0, 0, 400, 300)), "fr")
	if !strings.Contains(strings.Join(names, " "), "01-frame.png") || !strings.Contains(text, "Aucun code n'a été lu.") {
		t.Errorf("%q says\n%s", names, text)
	}
}

// TestRejected: what was decoded and is not believed has its reason in the name
// of its picture and as a sentence.
func TestRejected(t *testing.T) {
	t.Parallel()
	rejected := regexp.MustCompile(`(reading|restored)-\d-(misfit|unlike|unreadable)\.png`)
	for f := range scannertest.Adversaries(5, 7) {
		_, names, text, _ := explained(t, f.Image, "en")
		if rejected.MatchString(strings.Join(names, " ")) {
			if !strings.Contains(text, "not believed") {
				t.Errorf("the index does not say why:\n%s", text)
			}
			return
		}
	}
	t.Error("no rejected candidate")
}

// TestProductKey: where one was read, nothing shows it: neither its text nor its
// bars.
func TestProductKey(t *testing.T) {
	t.Parallel()
	const key = "VK7JG-NPHTM-C97JM-9MPGT-3V66T"
	modules, err := code128.Modules(key)
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewGray(image.Rect(0, 0, 1000, 300))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for x := range 2 * len(modules) {
		for y := 100; y < 200 && modules[x/2]; y++ {
			img.SetGray(100+x, y, color.Gray{})
		}
	}
	dir, names, text, codes := explained(t, img, "en")
	if len(codes) != 1 || codes[0].Text != key {
		t.Fatalf("read %v", codes)
	}
	if strings.Contains(text, key) || !strings.Contains(text, "A product key was read.") {
		t.Errorf("the index says\n%s", text)
	}
	for _, name := range names {
		if name == "explain.txt" {
			continue
		}
		for _, c := range vision.Decode(open(t, filepath.Join(dir, name))) {
			t.Errorf("%s shows %s", name, c.Text)
		}
	}
	if len(names) != 2 {
		t.Errorf("written were %q", names)
	}
}

// TestCreate: a folder with anything in it is refused, and left as it is; so is a
// place where none can be made.
func TestCreate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w, err := words.New("en")
	if err != nil {
		t.Fatal(err)
	}
	empty, err := explain.Create(dir, w)
	if err != nil {
		t.Fatalf("an empty folder: %v", err)
	}
	if err := empty.Close(); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "mine.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := explain.Create(dir, w); !errors.Is(err, explain.ErrNotEmpty) {
		t.Errorf("a folder that is not empty: %v", err)
	}
	if _, err := explain.Create(filepath.Join(dir, "mine.txt"), w); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("a file is no folder: %v", err)
	}
	if _, err := explain.Create(filepath.Join(dir, "no", "where"), w); err == nil {
		t.Error("no folder to make it in")
	}
}

// TestManyAreBounded: however much is seen, few pictures are written, and how
// many are left out is said.
func TestManyAreBounded(t *testing.T) {
	t.Parallel()
	w, err := words.New("en")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	folder, err := explain.Create(dir, w)
	if err != nil {
		t.Fatal(err)
	}
	var notes explain.Notes
	const bands = 5000
	for n := range bands {
		long := 64
		if n == 0 {
			long = 1 << 14
		}
		notes.Take(vision.Sight{Stage: vision.SawProfile, Band: n + 1, Grey: make([]float32, long)})
	}
	if err := errors.Join(folder.Write("many.png", image.Rect(0, 0, 9, 9), &notes), folder.Close()); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	index, err2 := os.ReadFile(filepath.Join(dir, "explain.txt"))
	if err := errors.Join(err, err2); err != nil || len(entries) != explain.MaxPictures+1 {
		t.Errorf("%d files, %v", len(entries), err)
	}
	if !strings.Contains(string(index), "Left out, as too many: 4,700") {
		t.Errorf("the index ends %q", index[max(len(index)-80, 0):])
	}
}
