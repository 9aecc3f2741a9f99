package sight

import (
	"image"
	"slices"
)

// A View is what one picture shows of its camera.
type View struct {
	Dark, Light int
	White       float64
	Lamp        bool
	Edges, Blur float64 // Blur is 0 where there are too few edges to tell
}

// Look measures one picture.
func Look(img image.Image) View {
	g := gridOf(img)
	if g.width < block || g.height < block {
		return View{}
	}
	v := g.light()
	v.Edges, v.Blur = g.sharpness()
	return v
}

// sharpness is how many edges a line has in the mean, and how soft they are.
func (g grid) sharpness() (edges, blur float64) {
	rows, columns := g.lines()
	var across, down []float64
	noise := noiseOf(rows)
	for _, l := range rows {
		across = append(across, l.blurs(noise)...)
	}
	for _, l := range columns {
		down = append(down, l.blurs(noise)...)
	}
	edges = float64(len(across)+len(down)) / float64(len(rows)+len(columns))
	for _, all := range [][]float64{across, down} {
		const enough, sharper = 20, 0.3
		if len(all) < enough {
			continue
		}
		if b := quantile(all, sharper); blur == 0 || b < blur {
			blur = b
		}
	}
	return edges, blur
}

// lines are the rows and columns that are looked at.
func (g grid) lines() (rows, columns []line) {
	for y := every / 2; y < g.height; y += every {
		rows = append(rows, g.row(y))
	}
	for x := every / 2; x < g.width; x += every {
		columns = append(columns, g.column(x))
	}
	return rows, columns
}

func (l line) blurs(noise float64) []float64 {
	var all []float64
	for _, e := range l.edges(noise) {
		all = append(all, e.blur)
	}
	return all
}

// quantile sorts the values.
func quantile(all []float64, share float64) float64 {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[int(share*float64(len(all)-1))]
}
