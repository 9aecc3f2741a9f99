package explain

import (
	"image"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
	"pkidstation/scanner/vision"
)

const (
	// MaxPictures is how many pictures explain one.
	MaxPictures = 300
	// maxSights is how many sights of one picture are kept until it is read.
	maxSights = 4000
	// mostOfOne is how many restorations or readings of one band are drawn, beside
	// those that are believed.
	mostOfOne = 4
)

// Notes are what the stages said while they read one picture.
type Notes struct {
	sights []vision.Sight
	left   int // sights that are left out.
}

// Take notes one sight.
func (n *Notes) Take(s vision.Sight) {
	if len(n.sights) == maxSights {
		n.left++
		return
	}
	n.sights = append(n.sights, s)
}

// worth leaves what is worth a picture: of each band one profile, and few of its
// many readings.
func (n *Notes) worth() []vision.Sight {
	type kind struct {
		band    int
		stage   vision.Stage
		verdict vision.Verdict
	}
	seen := map[kind]int{}
	var kept []vision.Sight
	for _, s := range n.sights {
		k := kind{s.Band, s.Stage, s.Verdict}
		seen[k]++
		most := mostOfOne
		switch s.Stage {
		case vision.SawFrame, vision.SawBand, vision.SawProfile:
			most = 1
		case vision.SawReading:
			if len(s.Drawn) == 0 {
				continue // it says why, and there is nothing to draw.
			}
		case vision.SawCode:
			continue
		case vision.SawPatch:
			most = MaxPictures
		case vision.SawBlack, vision.SawRestored:
		}
		if seen[k] <= most {
			kept = append(kept, s)
		}
	}
	return kept
}

// secret says whether a code is a product key.
func secret(c vision.Code) bool {
	return c.Text != "" && label.Classify(scanner.Scan{Text: c.Text, Symbology: c.Symbology, AIM: c.AIM}).Kind == label.Secret
}

// secrets are the places of product keys on the picture.
func (n *Notes) secrets() []image.Rectangle {
	var places []image.Rectangle
	for _, s := range n.sights {
		if secret(s.Code) {
			places = append(places, around(s.Corners), around(s.Code.Corners))
		}
	}
	return places
}

// around is the upright box about corners, and a little more.
func around(corners [4]image.Point) image.Rectangle {
	r := image.Rectangle{Min: corners[0], Max: corners[0]}
	for _, p := range corners[1:] {
		r.Min.X, r.Min.Y = min(r.Min.X, p.X), min(r.Min.Y, p.Y)
		r.Max.X, r.Max.Y = max(r.Max.X, p.X), max(r.Max.Y, p.Y)
	}
	const more = 8
	return r.Inset(-more)
}

// covered says whether a place touches one of a product key. A place that is not
// told is everywhere.
func covered(corners [4]image.Point, secrets []image.Rectangle) bool {
	for _, s := range secrets {
		if corners == [4]image.Point{} || around(corners).Overlaps(s) {
			return true
		}
	}
	return false
}
