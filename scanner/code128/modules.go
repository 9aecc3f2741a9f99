package code128

import (
	"errors"
	"fmt"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
)

// QuietZone is how many modules stay white before and after the bars.
const QuietZone = 10

// ErrText says that a text cannot be printed: it is empty, longer than 80
// characters, or has others than the printable ones of ASCII.
var ErrText = errors.New("not a text for Code 128")

// Modules are the modules of a text's symbol from left to right, true where it
// is dark, without quiet zones. The first and the last are dark.
func Modules(text string) ([]bool, error) {
	for _, r := range text {
		if r < ' ' || r > '~' {
			return nil, fmt.Errorf("%w: %q", ErrText, text)
		}
	}
	hints := map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_MARGIN: 0}
	bits, err := oned.NewCode128Writer().Encode(text, gozxing.BarcodeFormat_CODE_128, 1, 1, hints)
	if err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrText, text, err)
	}
	modules := make([]bool, bits.GetWidth())
	for i := range modules {
		modules[i] = bits.Get(i, 0)
	}
	return modules, nil
}
