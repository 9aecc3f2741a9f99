package camera

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
)

// The most that a picture file may have, and the most memory that it may take:
// itself, its pixels, what a progressive JPEG keeps meanwhile, and the grey copy that
// is looked at.
const (
	MaxPixels = 50_000_000
	MaxBytes  = 64 << 20
	MaxMemory = 160 << 20
)

// limits are what one picture may have.
type limits struct{ pixels, memory int }

// ReadPicture reads a PNG, JPEG or PGM file. It refuses a file over MaxBytes,
// a picture over MaxPixels (by its header, before decoding it), what is no
// regular file and what is no picture, with a *FileError.
func ReadPicture(ctx context.Context, file string) (image.Image, error) {
	img, err := readPicture(ctx, file)
	if err != nil {
		return nil, fileError(file, err)
	}
	return img, nil
}

func readPicture(ctx context.Context, file string) (image.Image, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: no file", ErrUnreadable)
	}
	f, err := os.Open(file) //nolint:gosec // the file that the user named.
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read.
	if info.Size() > MaxBytes {
		return nil, fmt.Errorf("%w: over %d MiB", ErrTooLarge, MaxBytes>>20)
	}
	content := bytes.NewBuffer(make([]byte, 0, info.Size()+bytes.MinRead)) // read whole without being moved
	if _, err := content.ReadFrom(io.LimitReader(patientReader{ctx, f}, MaxBytes+1)); err != nil {
		return nil, err
	}
	if content.Len() > MaxBytes { // it grew meanwhile
		return nil, fmt.Errorf("%w: over %d MiB", ErrTooLarge, MaxBytes>>20)
	}
	return decodePicture(ctx, content.Bytes(), limits{MaxPixels, MaxMemory})
}

// decodePicture decodes by the first bytes, not by a name.
func decodePicture(ctx context.Context, content []byte, most limits) (image.Image, error) {
	config, decode := formatOf(content)
	if decode == nil {
		return nil, fmt.Errorf("%w: neither PNG nor JPEG nor PGM", ErrUnreadable)
	}
	size, err := config(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	if err := fits(size.Width, size.Height, most.pixels); err != nil {
		return nil, err
	}
	if need := len(content) + memoryOf(content, size); need > most.memory {
		return nil, fmt.Errorf("%w: %d × %d pixels of this kind take %d MiB, at most %d are given", ErrTooLarge, size.Width, size.Height, need>>20, most.memory>>20)
	}
	img, err := decode(patientReader{ctx, bytes.NewReader(content)})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return img, nil
}

// formatOf finds the decoders for a picture that begins so; nil for none.
func formatOf(content []byte) (func(io.Reader) (image.Config, error), func(io.Reader) (image.Image, error)) {
	switch {
	case bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n")):
		return png.DecodeConfig, png.Decode
	case bytes.HasPrefix(content, []byte("\xff\xd8")):
		return jpeg.DecodeConfig, jpeg.Decode
	case bytes.HasPrefix(content, []byte("P2")), bytes.HasPrefix(content, []byte("P5")):
		return decodePGMConfig, decodePGM
	default:
		return nil, nil
	}
}

// fits refuses a picture without pixels and one with more than most.
func fits(width, height, most int) error {
	if width <= 0 || height <= 0 {
		return fmt.Errorf("%w: it has no pixels", ErrUnreadable)
	}
	if width > most/height {
		return fmt.Errorf("%w: %d × %d pixels, at most %d megapixels are read", ErrTooLarge, width, height, most/1_000_000)
	}
	return nil
}

// A patientReader fails once its context ended, so that decoding a large
// picture ends soon after.
type patientReader struct {
	ctx context.Context //nolint:containedctx // lives as long as one read of a picture.
	r   io.Reader
}

func (p patientReader) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	const most = 64 << 10
	return p.r.Read(b[:min(len(b), most)])
}
