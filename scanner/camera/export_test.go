package camera

import (
	"context"
	"image"
	"io"
)

// WithTables is withTables.
func WithTables(content []byte) []byte { return withTables(content) }

// PlayParts is playParts.
func PlayParts(ctx context.Context, contentType string, body io.Reader, give func(image.Image)) error {
	return playParts(ctx, contentType, body, give)
}
