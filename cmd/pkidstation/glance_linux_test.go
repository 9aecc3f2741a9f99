package main_test

import (
	"encoding/binary"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/ui/widget"
)

// A glance looks at one place of the X server's screen a thousand times a second: a
// corner of the dock's tile, which has the verdict's colour.
type glance struct {
	window *window
	pixel  []byte
}

// tileCorner is a place of the tile where nothing is written.
const tileX, tileY = 36, 240

func newGlance(t *testing.T, w *window) *glance {
	t.Helper()
	file, err := os.Open(w.screen)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // the mapping stays
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := syscall.Mmap(int(file.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Munmap(raw) })
	field := func(n int) int { return int(binary.BigEndian.Uint32(raw[4*n:])) }
	at := field(0) + 12*field(19) + tileY*field(12) + tileX*4
	return &glance{window: w, pixel: raw[at : at+4]}
}

func verdictInk(word queue.Word) color.NRGBA {
	tone := map[queue.Word]widget.Tone{
		queue.Accepted: widget.Accept, queue.Seen: widget.Seen, queue.OnHold: widget.Hold, queue.NotTaken: widget.Reject,
	}[word]
	return color.NRGBAModel.Convert(tone.Fill()).(color.NRGBA) //nolint:forcetypeassert // the model gives no other type
}

// until waits until the place has a colour.
func (g *glance) until(t *testing.T, what string, c color.NRGBA) {
	t.Helper()
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	late := time.After(patience)
	for g.pixel[0] != c.B || g.pixel[1] != c.G || g.pixel[2] != c.R {
		select {
		case <-ticker.C:
		case <-late:
			g.window.picture(t, "stuck")
			t.Fatalf("%s: it has the colour %v, not %v", what, g.pixel, c)
		}
	}
}

// cpu is the share of a processor that the program takes for a while.
func (w *window) cpu(t *testing.T, during time.Duration) float64 {
	t.Helper()
	before := w.ran(t)
	<-time.After(during)
	return float64(w.ran(t)-before) / float64(during)
}

// ran is how long the threads that the program has now have run: to the nanosecond,
// where the times of the whole process are counted in hundredths of a second.
func (w *window) ran(t *testing.T) (all time.Duration) {
	t.Helper()
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", w.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, thread := range threads {
		stat, err := os.ReadFile(thread)
		if err != nil {
			continue // it has ended
		}
		ran, _, _ := strings.Cut(string(stat), " ")
		n, err := strconv.Atoi(ran)
		if err != nil {
			t.Fatal(err)
		}
		all += time.Duration(n)
	}
	return all
}

// A residence is the memory that a program has, in bytes, as Linux counts it: all of it
// (VmRSS) is what is its own, the pages of files that it has mapped (programs and
// queue.db, which the system takes back at will) and what it shares with the X server.
type residence struct{ all, own, files, shared int }

func (r residence) String() string {
	return fmt.Sprintf("%d MiB (its own %d, of files %d, shared %d)", r.all>>20, r.own>>20, r.files>>20, r.shared>>20)
}

// short is it in a row of others.
func (r residence) short() string {
	return fmt.Sprintf("%d (%d, %d)", r.all>>20, r.own>>20, r.files>>20)
}

// memory is what the program has now.
func (w *window) memory(t *testing.T) residence {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", w.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	of := func(name string) int {
		_, rest, _ := strings.Cut(string(status), name+":")
		kib, err := strconv.Atoi(strings.Fields(rest)[0])
		if err != nil {
			t.Fatal(err)
		}
		return kib << 10
	}
	return residence{all: of("VmRSS"), own: of("RssAnon"), files: of("RssFile"), shared: of("RssShmem")}
}
