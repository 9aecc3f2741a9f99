package assets_test

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/assets"
	"pkidstation/assets/internal/boxes"
	"pkidstation/scanner/vision"
)

// sample decodes the picture of one sample.
func sample(t *testing.T, s assets.Sample) image.Image {
	t.Helper()
	content, err := fs.ReadFile(assets.SampleFS(), s.File)
	if err != nil {
		t.Fatal(err)
	}
	const most = 60 << 10
	if len(content) > most {
		t.Errorf("%s has %d bytes, at most %d fit the programs", s.File, len(content), most)
	}
	img, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestSamplesAreRead holds what the demo promises: each code of each sample is
// read, and nothing else.
func TestSamplesAreRead(t *testing.T) {
	t.Parallel()
	for _, s := range assets.Samples() {
		t.Run(s.File, func(t *testing.T) {
			t.Parallel()
			var want, got []string
			if s.PKID != "" {
				want = append(want, "code128 "+s.PKID, "code128 "+s.Serial)
			}
			if len(s.EAN) == len("2004512300014") {
				want = append(want, "ean13 "+s.EAN)
			} else {
				want = append(want, "upca "+s.EAN)
			}
			for _, c := range vision.Decode(sample(t, s)) {
				got = append(got, string(c.Symbology)+" "+c.Text)
			}
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("codes (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSamplesAreDrawn draws each sample again: it is the picture that is kept.
// After a change run go generate in this folder.
func TestSamplesAreDrawn(t *testing.T) {
	t.Parallel()
	if runtime.GOARCH != "amd64" {
		t.Skip("another architecture may round a shade differently; the pictures were drawn on amd64")
	}
	for _, s := range assets.Samples() {
		t.Run(s.File, func(t *testing.T) {
			t.Parallel()
			drawn, err := boxes.Draw(s)
			if err != nil {
				t.Fatal(err)
			}
			kept, ok := sample(t, s).(*image.Paletted)
			if !ok || !drawn.Rect.Eq(kept.Rect) {
				t.Fatalf("kept as %T of %v", kept, kept.Rect)
			}
			for y := range drawn.Rect.Dy() {
				for x := range drawn.Rect.Dx() {
					if want, got := rgba(drawn.At(x, y)), rgba(kept.At(x, y)); want != got {
						t.Fatalf("pixel %d,%d is %v, drawn it is %v", x, y, got, want)
					}
				}
			}
		})
	}
}

func rgba(c interface{ RGBA() (r, g, b, a uint32) }) [4]uint32 {
	r, g, b, a := c.RGBA()
	return [4]uint32{r, g, b, a}
}

// TestSamplesTellTheStory: the first box comes twice, one device is refused,
// and check digits of PKIDs pass on some boxes and fail on others.
func TestSamplesTellTheStory(t *testing.T) {
	t.Parallel()
	boxes, passing, refused := map[string]int{}, 0, 0
	for _, s := range assets.Samples() {
		if s.Code == "808" {
			refused++
		}
		if boxes[s.PKID]++; s.PKID != "" && boxes[s.PKID] == 1 && mod10(s.PKID) {
			passing++
		}
	}
	if boxes[assets.Samples()[0].PKID] != 2 || refused != 1 || boxes[""] != 1 || len(boxes) != 5 || passing == 0 || passing == 4 {
		t.Errorf("boxes %v, %d refused, %d pass mod-10", boxes, refused, passing)
	}
}

func mod10(digits string) bool {
	sum := 0
	for i, d := range digits {
		sum += int(d-'0') * (1 + i%2*2)
	}
	return sum%10 == 0
}
