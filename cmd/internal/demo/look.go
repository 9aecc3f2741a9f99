package demo

import (
	"context"
	"fmt"
	"image"
	"image/png"
	"time"

	"pkidstation/assets"
	"pkidstation/scanner"
	"pkidstation/scanner/vision"
)

// SourceName names the demo's camera in captures.
const SourceName = "camera:demo"

// Look decodes one sample as frame number.
func Look(ctx context.Context, number uint64, s assets.Sample) (image.Image, []scanner.Scan, error) {
	f, err := assets.SampleFS().Open(s.File)
	if err != nil {
		return nil, nil, fmt.Errorf("opening a sample: %w", err)
	}
	defer f.Close() //nolint:errcheck // it is embedded
	picture, err := png.Decode(f)
	if err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", s.File, err)
	}
	codes := vision.DecodeContext(ctx, picture)
	scans := make([]scanner.Scan, 0, len(codes))
	for _, c := range codes {
		scans = append(scans, scanner.Scan{
			Text: c.Text, Symbology: c.Symbology, AIM: c.AIM, Corners: c.Corners, Source: SourceName,
			At: time.Now(), Frame: number, Of: len(codes),
		})
	}
	return picture, scans, nil
}
