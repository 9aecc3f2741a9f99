package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A scannersPanel says what the station reads from and how that goes, as it changes;
// from here a scanner is used, left alone, or tried.
type scannersPanel struct {
	window  *Window
	over    panel
	list    *container.Scroll
	sources []Source
	chosen  string // by name; "" is the keyboard
	asking  question
}

// openScanners shows what the station reads from, where there is a port for it.
func (w *Window) openScanners() {
	if w.options.Sources == nil {
		return
	}
	p := &scannersPanel{window: w, over: w.panel, list: newList()}
	w.openPanel(p)
	p.reload()
}

// resource takes that something about the sources changed.
func (w *Window) resource() {
	if p, ok := w.panel.(*scannersPanel); ok {
		p.reload()
	}
}

// reload asks for the sources anew; at most one question is under way.
func (p *scannersPanel) reload() {
	if !p.asking.begin() {
		return
	}
	w := p.window
	ask(w, w.options.Sources.Sources, func(all []Source, err error) {
		again := p.asking.end()
		if err != nil {
			w.fail(err)
			return
		}
		p.sources = all
		if p.at() < 0 {
			p.chosen = ""
		}
		if w.showing(p) {
			w.reconsider()
		}
		if again {
			p.reload()
		}
	})
}

func (p *scannersPanel) below() panel { return p.over }

func (p *scannersPanel) title() string { return p.window.words.Say("sources.title") }

func (p *scannersPanel) first() *field { return nil }

// at is the chosen one's place, -1 where it is gone.
func (p *scannersPanel) at() int {
	return slices.IndexFunc(p.sources, func(s Source) bool { return s.Name == p.chosen })
}

// source is the chosen one, the keyboard where nothing is known yet.
func (p *scannersPanel) source() Source {
	if n := p.at(); n >= 0 {
		return p.sources[n]
	}
	return Source{}
}

func (p *scannersPanel) build() fyne.CanvasObject {
	w := p.window
	rows := make([]fyne.CanvasObject, 0, len(p.sources))
	for _, s := range p.sources {
		tone := toneOfSource(s.State)
		option := widget.Option{
			Title: w.sourceName(s), Note: w.sourceState(s), Mark: widget.ToneMark, Tone: tone, Chosen: s.Name == p.chosen,
		}
		rows = append(rows, widget.NewChoice(option, func() { p.choose(s.Name) }))
	}
	fitList(p.list, rows, p.at())
	facts := container.NewVBox()
	for n, sentence := range w.sourceFacts(p.source()) {
		para := widget.NewPara(sentence, 18, widget.Text())
		if n == 0 {
			para.Bold()
		}
		facts.Add(para)
	}
	content := container.NewVBox(p.list, gap(2), facts, gap(2), w.panelTaps(p.keys()))
	if w.options.Trial != nil {
		content.Add(widget.NewPara(w.words.Say("sources.try.what"), 16, widget.Text()))
	}
	return content
}

func toneOfSource(state SourceState) widget.Tone {
	switch state {
	case SourceReading:
		return widget.Accept
	case SourceLost, SourceRefused:
		return widget.Reject
	case SourceOffered:
		return widget.Hold
	case SourceUnused:
	}
	return widget.Neutral
}

// sourceName is what a source is called.
func (w *Window) sourceName(s Source) string {
	if s.keyboard() {
		return w.words.Say("sources.keyboard")
	}
	return words.Shown(s.called())
}

func (w *Window) sourceState(s Source) string {
	text := w.words.Say("sources.state." + string(s.State))
	if !s.Last.At.IsZero() {
		text += " · " + w.lastRead(s.Last)
	}
	return text
}

// sourceFacts are what there is to say of a source.
func (w *Window) sourceFacts(s Source) []string {
	facts := []string{w.sourceName(s) + " · " + w.words.Say("sources.state."+string(s.State))}
	if s.State == "" {
		return nil
	}
	if s.keyboard() {
		if s.Layout == "" {
			facts = append(facts, w.words.Say("sources.uncalibrated"))
		} else {
			facts = append(facts, w.words.Say("sources.calibrated", "Layout", w.words.Layout(s.Layout)))
		}
	} else {
		facts = append(facts, w.words.Say("sources.port", "Port", words.Shown(s.port())))
	}
	if s.Err != nil {
		facts = append(facts, w.words.Error(s.Err))
	}
	if s.Fixed {
		facts = append(facts, w.words.Say("sources.fixed"))
	}
	if s.State != SourceReading && s.Last.At.IsZero() {
		return facts
	}
	return append(facts, w.lastRead(s.Last))
}

// lastRead is when a source read last, what, and how long that took.
func (w *Window) lastRead(last LastRead) string {
	switch {
	case last.At.IsZero():
		return w.words.Say("sources.never")
	case last.Keys == 0:
		return w.words.Say("sources.last", "When", w.words.Moment(last.At, w.clock.Now()), "Kind", w.words.Kind(last.Kind))
	default:
		return w.words.Count("sources.last.typed", last.Keys, "When", w.words.Moment(last.At, w.clock.Now()),
			"Kind", w.words.Kind(last.Kind), "Took", w.words.Milliseconds(last.Took))
	}
}

func (p *scannersPanel) keys() []panelKey {
	w, s := p.window, p.source()
	idle := s.State == SourceOffered || s.State == SourceUnused
	used := !s.keyboard() && !s.Fixed && !idle && s.State != ""
	var keys []panelKey
	if w.options.Trial != nil {
		keys = append(keys, panelKey{fyne.KeyF7, "trial.title", true, w.tryScanner})
	}
	return append(keys,
		panelKey{fyne.KeyF5, "sources.use", !s.keyboard() && idle && w.options.Scanners != nil, p.use},
		panelKey{fyne.KeyF6, "sources.stop", used, p.stop})
}

func (p *scannersPanel) choose(name string) {
	p.chosen = name
	p.window.reconsider()
}

// use has the station read from the chosen one: as at the dock, nobody is asked for a
// PIN, so that a broken scanner can be replaced at night.
func (p *scannersPanel) use() {
	w, s := p.window, p.source()
	act(w, func(ctx context.Context) error { return w.options.Scanners.Use(ctx, s.Name) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.scanner(Scanner{Name: s.Name, State: ScannerGone}) // it is offered no more
		w.resource()
		w.note(widget.Neutral, func(spoken *words.Words) string {
			return spoken.Say("sources.used", "Scanner", words.Shown(s.called()))
		})
	})
}

// stop has it left alone, once a supervisor allowed it.
func (p *scannersPanel) stop() {
	w, s := p.window, p.source()
	title := func() string { return w.words.Say("sources.stop") + " · " + words.Shown(s.called()) }
	decide(w, request{title: title}, func(ctx context.Context) error { return w.options.Sources.Stop(ctx, s.Name) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.resource()
		w.note(widget.Neutral, func(spoken *words.Words) string {
			return spoken.Say("sources.stopped", "Scanner", words.Shown(s.called()))
		})
	})
}

func (p *scannersPanel) command(key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[key]
	if by != 0 && len(p.sources) > 0 {
		p.choose(p.sources[min(max(p.at()+by, 0), len(p.sources)-1)].Name)
	}
	return by != 0 || pressed(p.keys(), key)
}

func (p *scannersPanel) confirm() (string, bool) { return "", false }

func (p *scannersPanel) do() {}
