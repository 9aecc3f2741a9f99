package code128_test

import (
	"errors"
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"

	"pkidstation/scanner"
	"pkidstation/scanner/code128"
	"pkidstation/scanner/command"
	"pkidstation/scanner/vision"
)

// TestModulesAreRead: what is printed with two pixels a module and the quiet
// zone is read as the text, and as nothing else.
func TestModulesAreRead(t *testing.T) {
	t.Parallel()
	texts := []string{"A", "3305123456781", "%PKID%BADGE%J. Dupont_2", command.Calibration, strings.Repeat("a1B2-", 16), "~ !\""}
	for _, word := range command.Words() {
		texts = append(texts, command.Command{Word: word}.Text())
	}
	for _, text := range texts {
		codes := vision.Decode(symbol(t, text))
		if len(codes) != 1 || codes[0].Text != text || codes[0].Symbology != scanner.Code128 {
			t.Errorf("%q is read as %v", text, codes)
		}
	}
}

// symbol paints a text's symbol.
func symbol(t *testing.T, text string) image.Image {
	t.Helper()
	const module, height = 2, 60
	modules, err := code128.Modules(text)
	if err != nil {
		t.Fatal(err)
	}
	if !modules[0] || !modules[len(modules)-1] || len(modules)%11 != 2 {
		t.Errorf("%q has %d modules, %v to %v", text, len(modules), modules[0], modules[len(modules)-1])
	}
	img := image.NewGray(image.Rect(0, 0, (len(modules)+2*code128.QuietZone)*module, height+2*module))
	draw.Draw(img, img.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	for i, dark := range modules {
		if x := (code128.QuietZone + i) * module; dark {
			draw.Draw(img, image.Rect(x, module, x+module, module+height), image.NewUniform(color.Black), image.Point{}, draw.Src)
		}
	}
	return img
}

func TestModulesRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "é", "\u00f1A", "\u00f4", "A\n", "A\x7f", strings.Repeat("A", 81), "\xff"} {
		if modules, err := code128.Modules(text); !errors.Is(err, code128.ErrText) || modules != nil {
			t.Errorf("%q: %d modules, %v", text, len(modules), err)
		}
	}
}
