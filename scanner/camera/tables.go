package camera

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"
)

// The markers of a JPEG that are looked for.
const (
	markerFirst       = 0xff
	markerBaseline    = 0xc0 // SOF0
	markerProgressive = 0xc2 // SOF2
	markerTables      = 0xc4 // DHT
	markerStart       = 0xd8 // SOI
	markerScan        = 0xda // SOS
)

// withTables gives a JPEG of a camera the Huffman tables that many leave out, because
// in a stream they are always those of the standard (ITU-T T.81, K.3). What has its
// own, or is no JPEG, is as it was.
func withTables(content []byte) []byte {
	for marker, at := range segments(content) {
		switch marker {
		case markerTables:
			return content
		case markerScan:
			return slices.Concat(content[:at], standardTables(), content[at:])
		}
	}
	return content
}

// standardTables are the segments with the tables. They are those that image/jpeg
// writes, so that its own picture of a few pixels has them.
func standardTables() []byte {
	var picture bytes.Buffer
	_ = jpeg.Encode(&picture, image.NewYCbCr(image.Rect(0, 0, 1, 1), image.YCbCrSubsampleRatio420), nil) // into memory
	var tables []byte
	for content := picture.Bytes()[2:]; content[1] != markerScan; {
		length := 2 + int(content[2])<<8 + int(content[3])
		if content[1] == markerTables {
			tables = append(tables, content[:length]...)
		}
		content = content[length:]
	}
	return tables
}
