package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"golang.org/x/term"

	"pkidstation/scanner"
	"pkidstation/scanner/wedge"
)

// terminal is standard input, and whether it is a terminal.
func (p *program) terminal() (input *os.File, is bool) {
	input, is = p.in.(*os.File)
	return input, is && term.IsTerminal(descriptor(input))
}

func descriptor(f *os.File) int { return int(f.Fd()) }

// listen takes the terminal's keys one by one, without echo, until leave gives
// the terminal back as it was.
func (p *program) listen() (source scanner.Source, leave func(), err error) {
	input, _ := p.terminal()
	before, err := term.MakeRaw(descriptor(input))
	if err != nil {
		return nil, nil, fmt.Errorf("listening to the terminal's keys: %w", err)
	}
	out, complaints := p.out, p.err
	p.out, p.err = fromTheLeft(out), fromTheLeft(complaints)
	return newKeyboard(input), func() {
		p.out, p.err = out, complaints
		_ = term.Restore(descriptor(input), before) // fails only where the terminal has gone
	}, nil
}

// A returning writer begins each line at the left edge of a terminal that no
// longer does so by itself.
type returning struct{ to io.Writer }

func fromTheLeft(to io.Writer) io.Writer {
	if f, ok := to.(*os.File); ok && term.IsTerminal(descriptor(f)) {
		return returning{to}
	}
	return to
}

func (w returning) Write(text []byte) (int, error) {
	if _, err := w.to.Write(bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// A keyboard is a scanner that types into a terminal.
type keyboard struct {
	input io.Reader
	wedge *wedge.Source
}

// newKeyboard takes what is typed for a scanner's, even where the station would
// not: one that types slowly is to be told of.
func newKeyboard(input io.Reader) *keyboard {
	const gap, idle, least = 200 * time.Millisecond, 500 * time.Millisecond, 2
	return &keyboard{input: input, wedge: wedge.New(wedge.Options{Gap: gap, Idle: idle, Least: least})}
}

func (k *keyboard) Name() string { return k.wedge.Name() }

// Scans gives the scans as scanner.Source says, until Ctrl+C or the end of the
// input. The goroutine that reads the terminal ends with the process: nothing
// wakes it.
func (k *keyboard) Scans(ctx context.Context) iter.Seq2[scanner.Scan, error] {
	return func(yield func(scanner.Scan, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		go func() {
			defer stop()
			k.feed()
		}()
		k.wedge.Scans(ctx)(yield)
	}
}

// feed hands keys on until Ctrl+C. One that comes right behind another key is
// the scanner's ETX.
func (k *keyboard) feed() {
	const quiet, interrupt = 120 * time.Millisecond, 0x03
	var last time.Time
	for keys := bufio.NewReader(k.input); ; {
		r, _, err := keys.ReadRune()
		now := time.Now()
		if err != nil || r == interrupt && now.Sub(last) > quiet {
			return
		}
		last = now
		k.wedge.Key(wedge.Stroke{Rune: r, At: now})
	}
}
