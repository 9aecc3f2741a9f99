package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A tool is a decoder that is started with a picture's file.
type tool struct {
	word    string
	command string
	// version are the command and arguments that print its version, which the
	// table gives after says.
	says    string
	version []string
	// args come before the file; idle are those with which it starts, loads the
	// picture and decodes nothing of it.
	args, idle []string
	// again are args for a frame on which it crashed, if it shall be asked once
	// more: what it would have read had it not.
	again []string
	// empty are exit codes that are no fault.
	empty []int
	parse func(output []byte, file string) ([]string, error)
}

func tools() []tool {
	return []tool{
		{
			word: "zbar", command: "zbarimg", says: "zbarimg", version: []string{"zbarimg", "--version"},
			args:  []string{"-q", "--xml", "--nodbus"},
			idle:  []string{"-q", "--xml", "--nodbus", "-Sx-density=0", "-Sy-density=0"},
			empty: []int{4},
			parse: parseZbar,
		},
		{
			word: "zxing-cpp", command: "ZXingReader", says: "ZXingReader, Debian's",
			version: []string{"dpkg-query", "-W", "-f", "${Version}", "zxing-cpp-tools"},
			args:    []string{"-1"},
			idle:    []string{"-1", "-ispure", "-fast", "-norotate", "-noscale", "-format", "MicroQRCode"},
			// Version 1.4.0 merges what it read of a shrunk picture wrongly, and a
			// check of its own ends it.
			again: []string{"-1", "-noscale"},
			parse: parseZXing,
		},
	}
}

// A peer is a tool that is installed.
type peer struct {
	tool

	says string
	file string // the picture, written anew for each frame
	// idled is the processor time of starting and loading, by the frame's size.
	idled map[image.Point]time.Duration
}

func newPeer(ctx context.Context, word, scratch string) (*peer, error) {
	for _, t := range tools() {
		if t.word != word {
			continue
		}
		if _, err := exec.LookPath(t.command); err != nil {
			return nil, err
		}
		return t.peer(ctx, scratch), nil
	}
	return nil, fmt.Errorf("no tool is called %q", word)
}

func (t tool) peer(ctx context.Context, scratch string) *peer {
	says := t.says + " of a version it does not tell"
	out, err := exec.CommandContext(ctx, t.version[0], t.version[1:]...).Output() //nolint:gosec // from tools.
	if version := strings.TrimSpace(string(out)); err == nil && version != "" {
		says = t.says + " " + version
	}
	return &peer{t, says, filepath.Join(scratch, t.word+".pgm"), map[image.Point]time.Duration{}}
}

func (p *peer) name() string    { return p.word }
func (p *peer) version() string { return p.says }

func (p *peer) read(ctx context.Context, g *image.Gray) ([]string, time.Duration, error) {
	if err := writePGM(p.file, g); err != nil {
		return nil, 0, err
	}
	idle, err := p.idling(ctx, g.Rect.Size())
	if err != nil {
		return nil, 0, err
	}
	out, cpu, err := p.start(ctx, p.args)
	crashed := err
	if errors.Is(err, errCrash) && p.again != nil {
		out, cpu, err = p.start(ctx, p.again)
	}
	if err != nil {
		return nil, max(0, cpu-idle), err
	}
	texts, err := p.parse(out, p.file)
	if err != nil {
		return nil, 0, fmt.Errorf("what %s printed: %w", p.command, err)
	}
	return texts, max(0, cpu-idle), crashed
}

// idling is the least time that the tool takes without decoding.
func (p *peer) idling(ctx context.Context, size image.Point) (time.Duration, error) {
	if known, ok := p.idled[size]; ok {
		return known, nil
	}
	const times = 5
	var least time.Duration
	for i := range times {
		_, cpu, err := p.start(ctx, p.idle)
		if err != nil {
			return 0, err
		}
		if i == 0 || cpu < least {
			least = cpu
		}
	}
	p.idled[size] = least
	return least, nil
}

// start runs the tool on the picture, in one thread.
func (p *peer) start(ctx context.Context, args []string) (out []byte, cpu time.Duration, err error) {
	c := exec.CommandContext(ctx, p.command, append(append([]string{}, args...), p.file)...) //nolint:gosec // from tools.
	c.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "OMP_NUM_THREADS=1", "MAGICK_THREAD_LIMIT=1")
	var complaint bytes.Buffer
	c.Stderr = &complaint
	out, err = c.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && p.harmless(exit.ExitCode()) {
		err = nil
	}
	if c.ProcessState == nil || err != nil && ctx.Err() != nil {
		return nil, 0, fmt.Errorf("%s: %w", p.command, err)
	}
	cpu = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	switch {
	case err == nil:
		return out, cpu, nil
	case c.ProcessState.ExitCode() < 0: // a signal
		return nil, cpu, fmt.Errorf("%w: %s", errCrash, bytes.TrimSpace(complaint.Bytes()))
	default:
		return nil, 0, fmt.Errorf("%s: %w: %s", p.command, err, bytes.TrimSpace(complaint.Bytes()))
	}
}

// errCrash says that a reader ended by a fault of its own. What it gives beside
// it was read when it was asked again.
var errCrash = errors.New("crashed")

func (p *peer) harmless(code int) bool {
	return slices.Contains(p.empty, code)
}

// writePGM writes the pixels as they are.
func writePGM(file string, g *image.Gray) error {
	var b bytes.Buffer
	_, _ = fmt.Fprintf(&b, "P5\n%d %d\n255\n", g.Rect.Dx(), g.Rect.Dy())
	for y := range g.Rect.Dy() {
		_, _ = b.Write(g.Pix[y*g.Stride:][:g.Rect.Dx()])
	}
	return os.WriteFile(file, b.Bytes(), 0o600)
}
