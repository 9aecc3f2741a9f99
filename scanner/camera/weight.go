package camera

import (
	"image"
	"image/color"
	"iter"
)

// memoryOf is how much memory a picture takes while it is decoded and looked at, as
// far as its header tells: its pixels, what its decoder keeps beside them, and the
// grey copy.
func memoryOf(content []byte, size image.Config) int {
	const grey, flat = 1, 4 // the copy; where the colours are none of the common ones, it is made by way of RGBA
	each := 0.0
	switch size.ColorModel {
	case color.RGBAModel, color.NRGBAModel:
		each = 4
	case color.Gray16Model:
		each = 2 + flat
	case color.CMYKModel: // beside its parts
		each = 4 + flat
	case color.RGBA64Model, color.NRGBA64Model:
		each = 8 + flat
	case color.YCbCrModel: // its parts are all
	default: // grey, a palette, and a JPEG's whose parts are counted twice
		each = 1
	}
	return int((each + grey + jpegParts(content)) * float64(size.Width*size.Height))
}

// jpegParts is how many bytes a pixel a JPEG's parts take: one for each value, and
// four more of a progressive one until its last scan. Of anything else it is 0.
func jpegParts(content []byte) float64 {
	const head, each, most = 10, 3, 4
	for marker, at := range segments(content) {
		if marker < markerBaseline || marker > markerProgressive || at+head > len(content) {
			continue
		}
		parts := content[at+head:]
		parts = parts[:min(len(parts), each*min(int(content[at+head-1]), most))]
		sum, largest := 0.0, 1.0
		for ; len(parts) >= each; parts = parts[each:] {
			share := float64(parts[1]>>4) * float64(parts[1]&0xf)
			sum, largest = sum+share, max(largest, share)
		}
		if marker == markerProgressive {
			const kept = 4
			return sum / largest * (1 + kept)
		}
		return sum / largest
	}
	return 0
}

// segments gives the markers of a JPEG up to its first scan, and where each begins.
// Of what is no JPEG it gives none.
func segments(content []byte) iter.Seq2[byte, int] {
	return func(yield func(byte, int) bool) {
		if len(content) < 2 || content[0] != markerFirst || content[1] != markerStart {
			return
		}
		for at := 2; at+4 <= len(content) && content[at] == markerFirst; {
			marker := content[at+1]
			if marker == markerFirst { // filling
				at++
				continue
			}
			if !yield(marker, at) || marker == markerScan {
				return
			}
			at += 2 + int(content[at+2])<<8 + int(content[at+3])
		}
	}
}
