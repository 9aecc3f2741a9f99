package ui

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A camerasPanel shows what the station's camera sees, what of it was read and how
// long that took, or another camera that is tried: of that nothing is kept. Leaving
// the panel ends the trial.
type camerasPanel struct {
	window  *Window
	over    panel
	address *field
	view    *cameraView

	// trying is the address that is tried, "" for none; ended says that it played to
	// its end, and what of it was seen last stays in sight.
	trying string
	ended  bool
	stop   context.CancelFunc
	round  int // counts the trials, to know late frames by
	newest atomic.Pointer[trialFrame]

	// locals are the cameras of this PC, once that is known; missing is why not.
	locals  []LocalCamera
	missing error
	asking  bool
}

// A trialFrame is a frame of a trial, which may be over when it is shown.
type trialFrame struct {
	Camera

	round int
}

// openCameras shows the camera, where there is a port for it.
func (w *Window) openCameras() {
	if w.options.Cameras == nil {
		return
	}
	p := &camerasPanel{window: w, over: w.panel, view: newCameraView(w)}
	p.address = newField(w.capture, func(string) { w.reconsider() })
	p.view.tell(w.options.Cameras.Camera())
	w.openPanel(p)
	p.find(func() {})
}

// find asks for the cameras of this PC, and goes on then.
func (p *camerasPanel) find(then func()) {
	if p.asking {
		return
	}
	w := p.window
	p.asking = true
	askFar(w, w.options.Cameras.Locals, func(all []LocalCamera, err error) {
		p.asking, p.locals, p.missing = false, all, err
		then()
		if w.showing(p) {
			w.reconsider()
		}
	})
}

// nextLocal looks for the cameras of this PC anew, and puts the name of the next one
// into the field.
func (p *camerasPanel) nextLocal() {
	p.find(func() {
		if len(p.locals) > 0 {
			at := slices.IndexFunc(p.locals, func(l LocalCamera) bool { return l.Name == p.typed() })
			p.address.fill(p.locals[(at+1)%len(p.locals)].Name)
		}
	})
}

// localLine names the cameras of this PC.
func (p *camerasPanel) localLine() string {
	w := p.window
	var called []string
	const most = 4 // there is room for
	for _, l := range p.locals[:min(len(p.locals), most)] {
		text := words.Shown(l.Name)
		switch {
		case l.Err != nil:
			text += " (" + w.words.Say("camera.locals.refused") + ")" // why is said when it is tried
		case l.Mode != "":
			text += " (" + words.Shown(l.Mode) + ")"
		}
		called = append(called, text)
	}
	switch {
	case p.missing != nil:
		return w.words.Error(p.missing)
	case len(called) == 0:
		return w.words.Say("camera.locals.none")
	default:
		return w.words.Say("camera.locals", "Names", strings.Join(called, dotted))
	}
}

// lookAtCamera takes that the station's camera has a frame, or stopped.
func (w *Window) lookAtCamera() {
	if p, ok := w.panel.(*camerasPanel); ok && p.trying == "" {
		p.view.tell(w.options.Cameras.Camera())
	}
}

func (p *camerasPanel) below() panel { return p.over }

func (p *camerasPanel) title() string { return p.window.words.Say("camera.title") }

func (p *camerasPanel) first() *field { return p.address }

func (p *camerasPanel) leave() string { return p.window.words.Say("ui.close") }

func (p *camerasPanel) build() fyne.CanvasObject {
	w, say := p.window, p.window.words.Say
	content := container.NewVBox()
	if p.trying != "" {
		id := "camera.band"
		if p.ended {
			id = "camera.band.ended"
		}
		content.Add(widget.NewStrip(widget.News{Tone: widget.Hold, Word: say(id), What: words.Shown(w.options.Cameras.Shown(p.trying))}))
	}
	content.Add(p.view.build())
	content.Add(caption(say("camera.address")))
	content.Add(p.address)
	content.Add(widget.NewPara(p.localLine(), 16, widget.Text()).Anywhere())
	content.Add(w.panelTaps(p.keys()))
	if p.trying != "" && w.options.CameraSetting == nil {
		content.Add(widget.NewPara(strings.ReplaceAll(say("camera.by-hand"), "`", ""), 16, widget.Text()))
	}
	return content
}

func (p *camerasPanel) keys() []panelKey {
	w := p.window
	keys := []panelKey{{fyne.KeyF7, "camera.local", !p.asking, p.nextLocal}, {fyne.KeyF6, "camera.end", p.trying != "", p.back}}
	if w.options.CameraSetting != nil {
		keys = append(keys, panelKey{fyne.KeyF8, "camera.use", p.trying != "" && !p.view.now.LastAt.IsZero(), p.use})
	}
	return keys
}

func (p *camerasPanel) command(key fyne.KeyName) bool { return pressed(p.keys(), key) }

func (p *camerasPanel) confirm() (string, bool) {
	return p.window.words.Say("camera.try"), p.typed() != ""
}

func (p *camerasPanel) typed() string { return p.address.path() }

func (p *camerasPanel) left() { p.end() }

// end ends a trial that is under way.
func (p *camerasPanel) end() {
	if p.stop != nil {
		p.stop()
	}
	p.stop, p.trying, p.ended = nil, "", false
	p.round++
}

// back shows the station's own camera again.
func (p *camerasPanel) back() {
	p.end()
	p.view.tell(p.window.options.Cameras.Camera())
	p.window.reconsider()
}

// do tries the address that was typed.
func (p *camerasPanel) do() {
	w, address := p.window, p.typed()
	if address == "" {
		return
	}
	p.end()
	stopped, stop := context.WithCancel(context.Background())
	p.trying, p.stop = address, stop
	round := p.round
	p.view.tell(Camera{Address: w.options.Cameras.Shown(address)})
	w.reconsider()
	askFar(w, func(ctx context.Context) (struct{}, error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(stopped, cancel)()
		return struct{}{}, w.options.Cameras.Try(ctx, address, func(c Camera) { p.saw(round, c) })
	}, func(_ struct{}, err error) {
		stop()
		if round != p.round {
			return
		}
		p.ended = true
		p.view.finish(err)
		w.failedIn(err) // the view says it
		if w.showing(p) {
			w.reconsider()
		}
	})
}

// saw takes a frame of a trial from any goroutine: one waits for the screen at most.
func (p *camerasPanel) saw(round int, c Camera) {
	if p.newest.Swap(&trialFrame{c, round}) != nil {
		return
	}
	p.window.way.later(func() {
		newest := p.newest.Swap(nil)
		if newest == nil || newest.round != p.round || p.trying == "" {
			return
		}
		first := p.view.now.LastAt.IsZero()
		p.view.tell(newest.Camera)
		if first && p.window.showing(p) {
			p.window.reconsider() // it can be used now
		}
	})
}

// use has the camera that is tried be the station's own, once a supervisor allowed it.
func (p *camerasPanel) use() {
	w, address := p.window, p.trying
	title := func() string { return w.words.Say("camera.use") }
	decide(w, request{title: title}, func(ctx context.Context) error { return w.options.CameraSetting.UseCamera(ctx, address) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.note(widget.Neutral, func(spoken *words.Words) string { return spoken.Say("camera.used") })
	})
}
