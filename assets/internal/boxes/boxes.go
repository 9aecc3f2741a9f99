// Package boxes draws the samples of package assets.
package boxes

import (
	"image"

	"pkidstation/assets"
	"pkidstation/scanner/scannertest"
)

// Draw gives the picture of one sample.
func Draw(s assets.Sample) (*image.Paletted, error) {
	return scannertest.Draw(scannertest.Label{
		Maker: s.Maker, Model: s.Model, Part: s.EAN[4:9] + "-" + s.File[4:5],
		PKID: s.PKID, Serial: s.Serial, EAN: s.EAN, Tilt: s.Tilt,
	})
}
