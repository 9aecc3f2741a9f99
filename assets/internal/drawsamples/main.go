// Drawsamples draws the samples of package assets into its folder samples. Run
// it with go generate in that package after a change of a sample.
package main

import (
	"bytes"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"

	"pkidstation/assets"
	"pkidstation/assets/internal/boxes"
)

func main() {
	os.Exit(run(os.Stderr))
}

func run(stderr io.Writer) int {
	for _, s := range assets.Samples() {
		if err := draw(s); err != nil {
			_, _ = fmt.Fprintln(stderr, err)
			return 1
		}
	}
	return 0
}

func draw(s assets.Sample) error {
	img, err := boxes.Draw(s)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, img); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join("samples", s.File), b.Bytes(), 0o644) //nolint:gosec // a picture that all may see.
}
