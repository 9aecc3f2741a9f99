package vision_test

import (
	"bytes"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/vision"
)

// asTypes is one grey picture in every type that is read in its own way, on
// axes that do not begin at 0, 0, and as part of a larger picture.
func asTypes(tb testing.TB, src *image.Gray, corner image.Point) map[string]image.Image {
	tb.Helper()
	at := src.Rect.Add(corner)
	made := map[string]draw.Image{
		"Gray": image.NewGray(at), "Gray16": image.NewGray16(at), "RGBA": image.NewRGBA(at), "NRGBA": image.NewNRGBA(at),
		"RGBA64": image.NewRGBA64(at), "Paletted": image.NewPaletted(at, palette.Plan9),
	}
	pictures := map[string]image.Image{}
	for name, img := range made {
		draw.Draw(img, at, src, src.Rect.Min, draw.Src)
		pictures[name] = img
	}
	for _, ratio := range []image.YCbCrSubsampleRatio{image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio410} {
		colour := image.NewYCbCr(at, ratio)
		for y := at.Min.Y; y < at.Max.Y; y++ {
			copy(colour.Y[colour.YOffset(at.Min.X, y):][:at.Dx()], src.Pix[(y-at.Min.Y)*src.Stride:])
		}
		for i := range colour.Cb {
			colour.Cb[i], colour.Cr[i] = 128, 128
		}
		pictures["YCbCr "+ratio.String()] = colour
	}
	for name, outer := range map[string]draw.Image{
		"part of Gray": image.NewGray(at.Inset(-9)), "part of RGBA": image.NewRGBA(at.Inset(-9)),
		"part of NRGBA": image.NewNRGBA(at.Inset(-9)), "part of Paletted": image.NewPaletted(at.Inset(-9), palette.Plan9),
	} {
		draw.Draw(outer, outer.Bounds(), image.NewUniform(color.Gray{90}), image.Point{}, draw.Src)
		draw.Draw(outer, at, src, src.Rect.Min, draw.Src)
		part, ok := outer.(interface {
			SubImage(r image.Rectangle) image.Image
		})
		if !ok {
			tb.Fatalf("%s has no parts", name)
		}
		pictures[name] = part.SubImage(at)
	}
	return pictures
}

// TestSamePictureInEveryType: the same pixels are the same codes at the same
// places, whatever holds them.
func TestSamePictureInEveryType(t *testing.T) {
	t.Parallel()
	all := samples()
	src := canvas(t, all["code128 ]C0 3305123456781"])
	put(src, picture(t, 200, 180, moved(all["qr ]Q1 3305123456781"], image.Pt(-50, -60))), image.Pt(300, 135))
	want := vision.Decode(src)
	if len(want) != 2 {
		t.Fatalf("the picture gives %v", texts(want))
	}
	shift := image.Pt(-37, 1003)
	for i := range want {
		for k := range want[i].Corners {
			want[i].Corners[k] = want[i].Corners[k].Add(shift)
		}
	}
	for name, img := range asTypes(t, src, shift) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(want, vision.Decode(img)); diff != "" {
				t.Errorf("(-grey +%s):\n%s", name, diff)
			}
		})
	}
}

func moved(s symbol, by image.Point) symbol {
	s.at = s.at.Add(by)
	return s
}

// TestTransparencyIsWhite: a label saved without background has bars on
// nothing, in whatever colour nothing was stored.
func TestTransparencyIsWhite(t *testing.T) {
	t.Parallel()
	const want = "code128 ]C0 3305123456781"
	src := canvas(t, samples()[want])
	for name, nothing := range map[string]color.NRGBA{
		"black": {0, 0, 0, 0}, "white": {255, 255, 255, 0}, "red": {255, 0, 0, 0}, "a breath of black": {0, 0, 0, 20},
	} {
		plain, premultiplied := image.NewNRGBA(src.Rect), image.NewRGBA(src.Rect)
		indexed := image.NewPaletted(src.Rect, color.Palette{nothing, color.Black})
		for y := range src.Rect.Dy() {
			for x := range src.Rect.Dx() {
				c := nothing
				if src.GrayAt(x, y).Y == 0 {
					c = color.NRGBA{0, 0, 0, 255}
					indexed.SetColorIndex(x, y, 1)
				}
				plain.SetNRGBA(x, y, c)
				premultiplied.Set(x, y, c)
			}
		}
		for _, img := range []image.Image{plain, premultiplied, indexed} {
			if diff := cmp.Diff([]string{want}, texts(vision.Decode(img))); diff != "" {
				t.Errorf("on %s in %T (-want +got):\n%s", name, img, diff)
			}
		}
	}
}

// TestPictureIsLeftAlone: a picture is only read, and read the same each time.
func TestPictureIsLeftAlone(t *testing.T) {
	t.Parallel()
	src := canvas(t, samples()["code39 ]A0 3305123456781"])
	before := bytes.Clone(src.Pix)
	first := vision.Decode(src)
	if diff := cmp.Diff(first, vision.Decode(src)); diff != "" {
		t.Errorf("read twice (-first +second):\n%s", diff)
	}
	if !bytes.Equal(before, src.Pix) {
		t.Error("its pixels were changed")
	}
}
