package main

import (
	"context"
	"fmt"
	"image"
	"io"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/aztec"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"pkidstation/scanner/vision"
)

// A reader gives the texts on a picture and the processor time that they took.
type reader interface {
	// name is the word of --readers, version what the table says of it.
	name() string
	version() string
	read(ctx context.Context, g *image.Gray) (texts []string, cpu time.Duration, err error)
}

// choose makes the readers that names ask for. A peer that does not run is
// said and left out.
func choose(ctx context.Context, names []string, scratch string, stderr io.Writer) ([]reader, error) {
	var all []reader
	for _, name := range names {
		switch name {
		case "vision":
			all = append(all, inProcess{name, "this project", readVision})
		case "gozxing":
			all = append(all, inProcess{name, moduleVersion("github.com/makiuchi-d/gozxing"), readGozxing})
		case "zbar", "zxing-cpp":
			p, err := newPeer(ctx, name, scratch)
			if err != nil {
				_, _ = fmt.Fprintf(stderr, "visionbench: without %s: %v\n", name, err)
				continue
			}
			all = append(all, p)
		default:
			return nil, fmt.Errorf("--readers: no reader is called %q", name)
		}
	}
	return all, nil
}

// inProcess is a reader in Go.
type inProcess struct {
	word, says string
	decode     func(*image.Gray) ([]string, error)
}

func (p inProcess) name() string    { return p.word }
func (p inProcess) version() string { return p.says }

// read begins with an empty heap, so that no reader pays for another's.
func (p inProcess) read(_ context.Context, g *image.Gray) ([]string, time.Duration, error) {
	runtime.GC()
	before := processorTime()
	texts, err := p.decode(g)
	return texts, processorTime() - before, err
}

func readVision(g *image.Gray) ([]string, error) {
	var texts []string
	for _, c := range vision.Decode(g) {
		texts = append(texts, c.Text)
	}
	return texts, nil
}

// readGozxing is what one writes first: each reader once, on the whole frame.
func readGozxing(g *image.Gray) ([]string, error) {
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	readers := []gozxing.Reader{
		qrcode.NewQRCodeReader(), datamatrix.NewDataMatrixReader(), aztec.NewAztecReader(),
		oned.NewEAN13Reader(), oned.NewUPCAReader(), oned.NewEAN8Reader(), oned.NewUPCEReader(),
		oned.NewCode128Reader(), oned.NewCode93Reader(), oned.NewCode39Reader(), oned.NewITFReader(),
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(g)
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, r := range readers {
		if found, err := r.Decode(bitmap, hints); err == nil {
			texts = append(texts, article(found.GetText(), found.GetBarcodeFormat() == gozxing.BarcodeFormat_EAN_13))
		}
	}
	return texts, nil
}

// article is the text of an article number: a UPC-A that was read as EAN-13
// loses its 0.
func article(text string, ean13 bool) string {
	const length = 13
	if ean13 && len(text) == length && text[0] == '0' {
		return text[1:]
	}
	return text
}

func moduleVersion(path string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, m := range info.Deps {
		if m.Path == path {
			return m.Version
		}
	}
	return "unknown"
}
