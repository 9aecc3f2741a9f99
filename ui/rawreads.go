package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui/widget"
)

const (
	// rawWidth is how many bytes stand on a line.
	rawWidth = 8
	// rawLines and rawReads are the most lines of a code, and codes of a box: a label
	// has fewer of both.
	rawLines = 16
	rawReads = 20
)

// tellReads shows what was read of a box, byte by byte: that is what tells a scanner
// that is set up wrongly from a label that is wrong.
func (q *queueScreen) tellReads(to *fyne.Container, e queue.Entry) {
	w := q.window
	to.Add(gap(4))
	to.Add(widget.NewPara(w.words.Say("history.raw"), 18, widget.Text()).Bold())
	if why := w.noReads(e); why != "" {
		to.Add(widget.NewPara(why, 16, widget.Text()))
		return
	}
	for n, r := range e.Reads {
		if n == rawReads {
			to.Add(widget.NewPara(w.words.Count("history.raw.more", len(e.Reads)-n), 15, widget.Muted()))
			return
		}
		head := slices.DeleteFunc([]string{w.words.Kind(takenFor(e, r)), symbologyText(r), w.source(r.Source), w.layout(r.Layout)},
			func(part string) bool { return part == "" })
		to.Add(widget.NewPara(strings.Join(head, " · "), 15, widget.Text()))
		lines, left := hexLines(r.Text)
		for _, line := range lines {
			to.Add(sized(widget.NewFit(line, 14, widget.Text()).Mono().OneLine(), 294, 20))
		}
		if left > 0 {
			to.Add(widget.NewPara(w.words.Count("history.raw.bytes", left), 15, widget.Muted()))
		}
	}
}

// noReads says why there is nothing, "" where there is.
func (w *Window) noReads(e queue.Entry) string {
	switch {
	case e.ByList == queue.ListedDevice && len(e.Reads) == 0:
		return w.words.Say("history.raw.list")
	case len(e.Reads) == 0 || len(e.Reads) == 1 && e.Reads[0] == queue.Read{}:
		return w.words.Say("history.raw.gone")
	default:
		return ""
	}
}

// layout says from which keyboard layout a text was translated.
func (w *Window) layout(name string) string {
	if name == "" {
		return ""
	}
	return w.words.Say("history.raw.layout", "Layout", strings.ToUpper(name))
}

// hexLines are bytes in hexadecimal and, beside them, what of them can be printed; left
// is how many there are no lines for.
func hexLines(text string) (lines []string, left int) {
	for len(text) > 0 {
		if len(lines) == rawLines {
			return lines, len(text)
		}
		some := text[:min(rawWidth, len(text))]
		text = text[len(some):]
		printed := []byte(some)
		for n, c := range printed {
			if c < ' ' || c > '~' {
				printed[n] = '.'
			}
		}
		lines = append(lines, fmt.Sprintf("%-*s  %s", 3*rawWidth-1, fmt.Sprintf("% X", some), printed))
	}
	return lines, 0
}
