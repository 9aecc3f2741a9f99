package main

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"math"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/scanner"
	"pkidstation/scanner/camera"
	"pkidstation/scanner/label"
	"pkidstation/scanner/sight"
	"pkidstation/scanner/trial"
	"pkidstation/ui/words"
)

// A cameraLook looks through a camera and tells of it once a second.
type cameraLook struct {
	program *program
	known   *label.Classifier
	json    bool

	first   func()       // called with the first picture of a live camera
	arrived atomic.Int64 // pictures of a live camera, looked at or not
	whole   stretch
	second  stretch
	failed  error // in telling
}

// A stretch is what was seen for some time.
type stretch struct {
	began    time.Time // with its first picture
	before   int64     // how many had arrived then
	pictures int
	frames   []sight.Frame
	size     image.Point
	reading  []time.Duration
	codes    []words.ReadCode
}

// through looks for so many seconds of a live camera, or until there is no more to play.
func (l *cameraLook) through(ctx context.Context, source string, seconds int) error {
	options := camera.Options{Watch: l.watch, Arrived: func(image.Image) { l.arrived.Add(1) }, System: l.program.cameras}
	played, err := camera.Open(ctx, source, options)
	if err != nil {
		return err
	}
	if _, noFile := os.Stat(source); noFile != nil || l.program.cameras.Names(source) {
		fmt.Fprintln(l.program.err, l.program.words().Count("sight.begin", seconds)) //nolint:errcheck // the lines tell
		var cancel context.CancelFunc
		ctx, cancel = context.WithCancel(ctx)
		defer cancel()
		// It counts from the first picture: a slow PC may take as long for that one.
		l.first = func() { time.AfterFunc(time.Duration(seconds)*time.Second, cancel) }
	}
	for _, err := range played.Scans(ctx) {
		if err != nil {
			return fmt.Errorf("looking through %s: %w", played.Name(), err)
		}
		if l.failed != nil {
			return l.failed
		}
	}
	if l.second.pictures > 0 {
		l.tell()
	}
	return l.failed
}

// watch takes a frame, and tells of the second when it is over.
func (l *cameraLook) watch(f camera.Frame) {
	seen := sight.Frame{View: sight.Look(f.Image), Codes: len(f.Codes)}
	var codes []words.ReadCode
	for _, c := range f.Codes {
		if m := sight.Module(f.Image, c.Corners); m > 0 && (seen.Module == 0 || m < seen.Module) {
			seen.Module = m
		}
		codes = append(codes, l.code(scanner.Scan{Text: c.Text, Symbology: c.Symbology, AIM: c.AIM, Source: "camera"}))
	}
	for _, s := range []*stretch{&l.whole, &l.second} {
		s.take(f, seen, codes, l.arrived.Load())
	}
	if l.whole.pictures == 1 && l.first != nil {
		l.first()
	}
	if time.Since(l.second.began) >= time.Second {
		l.tell()
	}
}

// tell says how the last second was.
func (l *cameraLook) tell() {
	s := l.second
	l.second = stretch{began: time.Now(), before: l.arrived.Load()}
	rate := s.perSecond(l.arrived.Load())
	seen, advice := s.typical(), vocabulary.Sight(sight.Judge(s.frames, rate))
	if l.json {
		l.failed = l.program.object(jsonGlimpse{
			Pictures: s.pictures, PerSecond: round(rate), Width: s.size.X, Height: s.size.Y, Milliseconds: milliseconds(s.median()),
			Dark: seen.Dark, Light: seen.Light, White: round(seen.White), Edges: round(seen.Edges), Blur: round(seen.Blur), Module: round(seen.Module),
			Codes: jsonCodes(s.codes), Advice: advice,
		})
		return
	}
	l.failed = l.program.line(l.program.words().Glimpse(words.Glimpse{
		Pictures: s.pictures, PerSecond: rate, Width: s.size.X, Height: s.size.Y, Reading: s.median(),
		Blur: seen.Blur, Module: seen.Module, Advice: advice, Codes: s.codes,
	}))
}

// round leaves two places after the point.
func round(v float64) float64 {
	const places = 100
	return math.Round(v*places) / places
}

// A jsonGlimpse is a second of a camera as scripts get it: every key is always there.
type jsonGlimpse struct {
	Pictures     int            `json:"pictures"`
	PerSecond    float64        `json:"per_second"` // 0 for what is no live camera
	Width        int            `json:"width"`
	Height       int            `json:"height"`
	Milliseconds float64        `json:"milliseconds"` // to look for the codes of one, the median
	Dark         int            `json:"dark"`
	Light        int            `json:"light"`
	White        float64        `json:"white"`
	Edges        float64        `json:"edges"`
	Blur         float64        `json:"blur"`
	Module       float64        `json:"module"`
	Codes        []jsonReadCode `json:"codes"`
	Advice       []string       `json:"advice"`
}

type jsonReadCode struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

func jsonCodes(codes []words.ReadCode) []jsonReadCode {
	all := make([]jsonReadCode, 0, len(codes))
	for _, c := range codes {
		all = append(all, jsonReadCode(c))
	}
	return all
}

// code is what a code was taken for: nothing of a product key is left in it.
func (l *cameraLook) code(scan scanner.Scan) words.ReadCode {
	found := trial.Look(scan, l.known.Classify(scan)).Code
	return words.ReadCode{Kind: string(found.Kind), Text: found.Text}
}

// take adds a frame.
func (s *stretch) take(f camera.Frame, seen sight.Frame, codes []words.ReadCode, arrived int64) {
	const kept = 1000 // of a long film the last ones are judged
	if s.began.IsZero() {
		s.began, s.before = time.Now(), arrived
	}
	s.pictures++
	s.frames = append(s.frames[max(len(s.frames)-kept, 0):], seen)
	s.reading = append(s.reading[max(len(s.reading)-kept, 0):], f.Took)
	s.size = f.Image.Bounds().Size()
	for _, c := range codes {
		if !slices.Contains(s.codes, c) && len(s.codes) < kept {
			s.codes = append(s.codes, c)
		}
	}
}

// perSecond is how many pictures of a live camera came a second; 0 of none, and where
// it was too short to tell.
func (s *stretch) perSecond(arrived int64) float64 {
	const least = 300 * time.Millisecond
	took := time.Since(s.began)
	if took < least {
		return 0
	}
	return float64(arrived-s.before) / took.Seconds()
}

// typical is the frame in the middle by how soft it is.
func (s *stretch) typical() sight.Frame {
	frames := slices.SortedFunc(slices.Values(s.frames), func(a, b sight.Frame) int { return cmp.Compare(a.Blur, b.Blur) })
	return frames[len(frames)/2]
}

// median is how long looking for the codes of a picture took.
func (s *stretch) median() time.Duration {
	return slices.Sorted(slices.Values(s.reading))[len(s.reading)/2]
}
