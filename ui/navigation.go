package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A page is one of the screens.
type page interface {
	// build makes the page's objects anew, in the language of now, from what it
	// knows.
	build() fyne.CanvasObject
	// refresh shows what is known now.
	refresh()
	// command takes a key and says whether it was one of the page's.
	command(key fyne.KeyName, modifier fyne.KeyModifier) bool
}

// A slots value is where page, panel and notice are put, each over the one
// before.
type slots struct{ bar, alert, page, panel, notice *fyne.Container }

func newSlots(w *Window) (slots, fyne.CanvasObject) {
	s := slots{container.NewStack(), container.NewStack(), container.NewStack(), container.NewStack(), container.NewStack()}
	top := container.New(layout.NewCustomPaddedVBoxLayout(0), s.bar, s.alert)
	all := container.NewStack(w.capture.sink, container.NewBorder(top, nil, nil, nil, container.NewStack(s.page, s.panel, s.notice)))
	if w.options.Demo {
		all.Add(widget.NewFrame(widget.Hold.Fill(), demoFrame))
	}
	return s, all
}

// demoFrame is how thick the frame around all that is not real is.
const demoFrame = 5

// rebuild makes everything on screen anew, after a change of page or language.
// What was typed stays, because fields outlive it, and so does the focus.
func (w *Window) rebuild() {
	fill(w.slots.bar, w.bar.build())
	w.rebuildAlerts()
	fill(w.slots.page, w.page.build())
	w.rebuildPanel()
	w.page.refresh()
}

func (w *Window) rebuildPanel() {
	if w.panel == nil {
		fill(w.slots.panel, nil)
	} else {
		fill(w.slots.panel, w.panelLayer())
	}
	w.rebuildNotice() // where it lies and how it is left depend on the panel
	w.bar.refresh()
}

func (w *Window) rebuildNotice() {
	if w.notice.say == nil {
		fill(w.slots.notice, nil)
	} else {
		fill(w.slots.notice, w.noticeLayer())
	}
}

func fill(slot *fyne.Container, o fyne.CanvasObject) {
	slot.Objects = nil
	if o != nil {
		slot.Objects = []fyne.CanvasObject{o}
	}
	slot.Refresh()
}

// visit shows a page.
func (w *Window) visit(p page) {
	if w.panel != nil {
		w.leavePanels()
	}
	w.turnTo(p)
	w.rebuild()
	w.reload()
	w.capture.rest()
	w.goOnSettingUp()
}

// An apart page has all that is read come to it, and none of it kept, while it is
// shown.
type apart interface {
	page
	begin()
	end()
}

// turnTo makes a page the one that is shown. The new one takes what is read before
// the one before leaves it: nothing is kept between the two.
func (w *Window) turnTo(p page) {
	if m, is := w.page.(*morningScreen); is && p != page(m) {
		m.left()
	}
	before, was := w.page.(apart)
	if was && page(before) == p {
		before.end()
		was = false
	}
	if next, is := p.(apart); is {
		next.begin()
	}
	if was {
		before.end()
	}
	w.page = p
}

// tryScanner shows the trial, where scanners can be tried.
func (w *Window) tryScanner() {
	if w.options.Trial != nil {
		w.visit(w.trial)
	}
}

// toggleLanguage takes the next language; all else stays as it is.
func (w *Window) toggleLanguage() { w.switchLanguage(w.otherLanguage().Tag) }

func (w *Window) switchLanguage(tag string) {
	if err := w.speak(tag); err != nil {
		w.fail(err)
		return
	}
	w.window.SetTitle(w.title())
	w.rebuild()
	if w.options.OnLanguage != nil {
		w.options.OnLanguage(tag)
	}
}

// otherLanguage is the one after that spoken now.
func (w *Window) otherLanguage() words.Language {
	all := words.Languages()
	for n, l := range all {
		if l.Tag == w.words.Language() {
			return all[(n+1)%len(all)]
		}
	}
	return all[0]
}

// command does what a key that a person pressed means: the panel's, then the
// page's, then the window's.
func (w *Window) command(key fyne.KeyName, modifier fyne.KeyModifier) {
	if modifier == fyne.KeyModifierShift && leads(key) && (w.panel != nil || w.page != page(w.queue)) {
		modifier = 0 // only there it means anything
	}
	if w.panelCommand(key, modifier) {
		return
	}
	if w.panel == nil && w.page.command(key, modifier) {
		return
	}
	if modifier == fyne.KeyModifierShortcutDefault {
		w.commandEverywhere(key)
	}
	if modifier != 0 {
		return
	}
	switch key {
	case fyne.KeyF1:
		w.openPanel(newHelpPanel(w))
	case fyne.KeyF2:
		w.visit(w.dock)
	case fyne.KeyF9:
		w.visit(w.queue)
	case fyne.KeyF11:
		w.turnFullScreen()
	case fyne.KeyF12:
		w.toggleLanguage()
	case fyne.KeyEscape:
		if w.notice.say != nil || !w.breakOff() {
			w.dismiss()
		}
	}
}

// commandEverywhere does what a key with Ctrl means on every screen.
func (w *Window) commandEverywhere(key fyne.KeyName) {
	switch key {
	case fyne.KeyL:
		w.turnLock()
	case fyne.KeyT:
		w.openMorning()
	case fyne.KeyComma:
		w.openWelcome()
	case fyne.KeyK:
		w.turnLook()
	case fyne.KeyB:
		w.breakOff()
	default:
		w.alertKey(key)
	}
}
