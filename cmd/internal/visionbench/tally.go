package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"pkidstation/scanner/scannertest"
)

// A score is what one reader made of some frames.
type score struct {
	frames            int
	codes, right      int
	pkids, pkidsRight int
	labels, whole     int // frames with codes, and those with every code read
	wrong, wrongPKIDs int
	wrongOnly         int // frames with a wrong text and no right one
	cpu               []time.Duration
	wrongOn           []string // frames and what was read on them
}

// add adds what a reader gave for one frame.
func (s *score) add(f scannertest.Frame, texts []string, cpu time.Duration) {
	s.frames++
	s.cpu = append(s.cpu, cpu)
	right := 0
	for _, c := range f.Codes {
		s.codes++
		hit := slices.ContainsFunc(texts, func(t string) bool { return same(t, c.Text) })
		if hit {
			right++
		}
		if c.Kind == scannertest.PKID {
			s.pkids++
			if hit {
				s.pkidsRight++
			}
		}
	}
	s.right += right
	if len(f.Codes) > 0 {
		s.labels++
		if right == len(f.Codes) {
			s.whole++
		}
	}
	s.judge(f, texts, right)
}

// judge counts the texts that are not on the frame, each once.
func (s *score) judge(f scannertest.Frame, texts []string, right int) {
	texts = slices.Compact(slices.Sorted(slices.Values(texts)))
	wrong := 0
	for _, t := range texts {
		if slices.ContainsFunc(f.Codes, func(c scannertest.Printed) bool { return same(t, c.Text) }) {
			continue
		}
		wrong++
		s.wrongOn = append(s.wrongOn, fmt.Sprintf("%s: %q", f.Name, t))
		if isPKID(t) {
			s.wrongPKIDs++
		}
	}
	s.wrong += wrong
	if wrong > 0 && right == 0 {
		s.wrongOnly++
	}
}

// same tells whether a reader's text is that of the truth; a UPC-A may be
// written as the EAN-13 that it is.
func same(read, truth string) bool {
	return read == truth || article(read, true) == article(truth, true)
}

// quantile is the time below which such a share of the frames is.
func (s *score) quantile(share float64) time.Duration {
	if len(s.cpu) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s.cpu))
	return sorted[int(share*float64(len(sorted)-1)+0.5)]
}

// A place is where a score belongs.
type place struct {
	of   section
	cell string // a cell, "" for all of them, or a frame's height: "720"
}

// A tally is the scores of all readers.
type tally struct {
	readers []reader
	scores  map[place][]score // in the order of readers
	cells   []place           // in the order they came
	crashes []int             // of each reader
	seen    int
}

func newTally(readers []reader) *tally {
	return &tally{readers: readers, scores: make(map[place][]score), crashes: make([]int, len(readers))}
}

// read has every reader read a shot. Who begins changes from frame to frame, so
// that none always finds the caches warm.
func (t *tally) read(ctx context.Context, s shot) error {
	for i := range t.readers {
		i = (i + t.seen) % len(t.readers)
		texts, cpu, err := t.readers[i].read(ctx, s.Image)
		if err != nil && !errors.Is(err, errCrash) {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		for _, at := range []place{{s.of, ""}, {s.of, s.Cell}, {s.of, height(s)}} {
			t.at(at)[i].add(s.Frame, texts, cpu)
		}
		if err != nil {
			t.crashes[i]++
		}
	}
	t.seen++
	return nil
}

// height is the cell of all frames of a shot's height, for times.
func height(s shot) string { return fmt.Sprint(s.Image.Rect.Dy()) }

// at gives the scores of a place, which begins when it is first asked for.
func (t *tally) at(p place) []score {
	if _, ok := t.scores[p]; !ok {
		t.scores[p] = make([]score, len(t.readers))
		t.cells = append(t.cells, p)
	}
	return t.scores[p]
}

// in gives the cells of a section.
func (t *tally) in(of section) []place {
	var all []place
	for _, p := range t.cells {
		if p.of == of && p.cell != "" && (p.cell[0] < '0' || p.cell[0] > '9') {
			all = append(all, p)
		}
	}
	return all
}

// complain names each wrong text and where it was read.
func (t *tally) complain(stderr io.Writer) {
	for _, of := range []section{labels, adversaries, corpus, photos} {
		for i, s := range t.scores[place{of, ""}] {
			for _, wrong := range s.wrongOn {
				_, _ = fmt.Fprintf(stderr, "%s misread %s\n", t.readers[i].name(), wrong)
			}
		}
	}
}

func (t *tally) progress(stderr io.Writer) {
	const every = 20
	if t.seen%every == 0 {
		_, _ = fmt.Fprintf(stderr, "%d frames\r", t.seen)
	}
}
