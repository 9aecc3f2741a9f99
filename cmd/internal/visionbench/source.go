package main

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg" // photographs and labels are of both kinds
	_ "image/png"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"pkidstation/scanner/scannertest"
)

// A section is a kind of frames that has a table of its own.
type section string

const (
	labels      section = "labels"
	adversaries section = "adversaries"
	corpus      section = "corpus"
	photos      section = "photos"
)

// A shot is a frame of a section.
type shot struct {
	scannertest.Frame

	of section
}

// shots are all frames that the options ask for, one at a time.
func (o options) shots() iter.Seq2[shot, error] {
	return func(yield func(shot, error) bool) {
		for _, seed := range o.seeds {
			for f := range scannertest.Frames(seed, o.frames) {
				if !yield(shot{f, labels}, nil) {
					return
				}
			}
			for f := range scannertest.Adversaries(seed, o.adversaries) {
				if !yield(shot{f, adversaries}, nil) {
					return
				}
			}
		}
		if o.corpus == "" {
			return
		}
		for _, of := range []iter.Seq2[shot, error]{corpusLabels(filepath.Join(o.corpus, "labels")), photographs(filepath.Join(o.corpus, "photos"))} {
			for s, err := range of {
				if !yield(s, err) || err != nil {
					return
				}
			}
		}
	}
}

// corpusLabels are the frames of a folder with truth.tsv: group, cell, file,
// size and the codes, each symbology|text|x|y, with semicolons between.
func corpusLabels(folder string) iter.Seq2[shot, error] {
	return func(yield func(shot, error) bool) {
		table, err := os.ReadFile(filepath.Join(folder, "truth.tsv")) //nolint:gosec // the folder that was named.
		if os.IsNotExist(err) {
			return
		}
		if err != nil {
			yield(shot{}, err)
			return
		}
		first := true
		for line := range strings.Lines(string(table)) {
			if first { // the columns' names
				first = false
				continue
			}
			s, err := corpusLabel(folder, line)
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

func corpusLabel(folder, line string) (shot, error) {
	column := strings.Split(strings.TrimSpace(line), "\t")
	const columns = 5
	if len(column) < columns {
		return shot{}, fmt.Errorf("truth.tsv: %d columns in %q, want %d", len(column), line, columns)
	}
	img, err := load(filepath.Join(folder, column[2]))
	if err != nil {
		return shot{}, err
	}
	f := scannertest.Frame{Name: column[2], Cell: column[0] + " " + column[1], Image: img}
	for code := range strings.SplitSeq(column[4], ";") {
		part := strings.Split(code, "|")
		if len(part) < len([]string{"symbology", "text"}) {
			return shot{}, fmt.Errorf("truth.tsv: %q is no code", code)
		}
		p := scannertest.Printed{Text: part[1]}
		if part[0] == "Code128" && isPKID(p.Text) {
			p.Kind = scannertest.PKID
		}
		f.Codes = append(f.Codes, p)
	}
	return shot{f, corpus}, nil
}

// photographs are those of each folder, each with the text that it must give.
func photographs(folder string) iter.Seq2[shot, error] {
	return func(yield func(shot, error) bool) {
		files, err := filepath.Glob(filepath.Join(folder, "*", "*.[pj][np]g"))
		if err != nil {
			yield(shot{}, err)
			return
		}
		for _, file := range files {
			img, err := load(file)
			f := scannertest.Frame{Name: filepath.Base(file), Cell: filepath.Base(filepath.Dir(file)), Image: img}
			if text, ok := truth(file); ok && f.Cell != falsePositives {
				f.Codes = []scannertest.Printed{{Text: text}}
			}
			if !yield(shot{f, photos}, err) || err != nil {
				return
			}
		}
	}
}

// falsePositives is the folder of pictures on which nothing may be read.
const falsePositives = "falsepositives"

func truth(file string) (string, bool) {
	stem := strings.TrimSuffix(file, filepath.Ext(file))
	for _, ext := range []string{".txt", ".bin"} {
		if b, err := os.ReadFile(stem + ext); err == nil { //nolint:gosec // beside the picture.
			return string(b), true
		}
	}
	return "", false
}

// load makes a picture grey.
func load(file string) (*image.Gray, error) {
	b, err := os.ReadFile(file) //nolint:gosec // of the folder that was named.
	if err != nil {
		return nil, err
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	g := image.NewGray(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(g, g.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(g, g.Rect, img, img.Bounds().Min, draw.Over)
	return g, nil
}

// isPKID tells what looks like one: 13 digits.
func isPKID(text string) bool {
	const length = 13
	return len(text) == length && strings.Trim(text, "0123456789") == ""
}
