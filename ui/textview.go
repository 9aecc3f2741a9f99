package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/ui/widget"
)

// The measures of a text that is shown in pages.
const (
	textColumns = 99
	textSize    = 13
	textHigh    = 17
	// textAround is what a panel has of height beside the text, textLeast how many
	// lines are shown however low the window is.
	textAround = 416
	textLeast  = 5
)

// A textView shows a text of any length, a page at a time: only what is in sight is
// made.
type textView struct {
	window *Window
	beside float32 // how high what the panel shows above the text is
	lines  []string
	at     int // the first line in sight
}

// set takes another text, from its beginning.
func (v *textView) set(text string) { v.lines, v.at = cutLines(text, textColumns), 0 }

// cutLines cuts a text into lines of so many letters at most.
func cutLines(text string, columns int) []string {
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll(text, "\t", "    ")) {
		letters := []rune(strings.TrimRight(line, "\r\n"))
		for len(letters) > columns {
			lines, letters = append(lines, string(letters[:columns])), letters[columns:]
		}
		lines = append(lines, string(letters))
	}
	return lines
}

// rows is how many lines are in sight.
func (v *textView) rows() int {
	return max(int((v.window.window.Canvas().Size().Height-textAround-v.beside)/textHigh), textLeast)
}

// turn goes to a line, or as near as there is one.
func (v *textView) turn(to int) {
	v.at = max(min(to, len(v.lines)-v.rows()), 0)
	v.window.reconsider()
}

func (v *textView) build() fyne.CanvasObject {
	rows := v.rows()
	page := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for n := v.at; n < v.at+rows; n++ {
		line := ""
		if n < len(v.lines) {
			line = v.lines[n]
		}
		page.Add(container.New(textLine{}, widget.NewFit(line, textSize, widget.Text()).Mono().OneLine()))
	}
	return container.NewVBox(page, v.turning(rows))
}

// turning are the buttons that turn the pages, and where the page is.
func (v *textView) turning(rows int) fyne.CanvasObject {
	w := v.window
	taps := container.New(&widget.Lines{Gap: 8})
	for _, k := range v.keys() {
		tap := widget.NewTap(w.words.Say(k.text), w.words.Say(k.hint), widget.Plain, k.do).Tall(44)
		tap.SetEnabled(k.possible)
		taps.Add(tap)
	}
	where := w.words.Say("text.lines", "From", w.words.Number(min(v.at+1, len(v.lines))), "To", w.words.Number(min(v.at+rows, len(v.lines))), "Of", w.words.Number(len(v.lines)))
	return container.NewVBox(widget.NewPara(where, 15, widget.Text()), taps)
}

// A textKey turns pages, by a button or its key; hint is the id of the key's name.
type textKey struct {
	key        fyne.KeyName
	text, hint string
	possible   bool
	do         func()
}

func (v *textView) keys() []textKey {
	rows := v.rows()
	up, down := v.at > 0, v.at+rows < len(v.lines)
	return []textKey{
		{fyne.KeyPageUp, "text.before", "text.key.before", up, func() { v.turn(v.at - rows) }},
		{fyne.KeyPageDown, "text.after", "text.key.after", down, func() { v.turn(v.at + rows) }},
		{fyne.KeyF7, "text.first", "text.key.first", up, func() { v.turn(0) }},
		{fyne.KeyF8, "text.last", "text.key.last", down, func() { v.turn(len(v.lines)) }},
	}
}

func (v *textView) command(key fyne.KeyName) bool {
	for _, k := range v.keys() {
		if k.key == key {
			if k.possible {
				k.do()
			}
			return true
		}
	}
	return false
}

// textLine is the place of one line, however long it is.
type textLine struct{}

func (textLine) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, textHigh) }

func (textLine) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	put(objects[0], 0, 0, space.Width, space.Height)
}
