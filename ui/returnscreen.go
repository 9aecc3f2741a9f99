package ui

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A returnScreen says of a box that comes back whether it was registered here, for
// whom and when, and whether the machine in it is the one that belongs there.
//
//	    PKID or serial        F5              serial under the machine
//	resting ───────────► found ───► comparing ───────────► compared
//	   ▲                   ▲ └─────── F5, another box ◄──────┘
//	   └── nothing of it is kept: any other box is looked up, in each state but comparing
type returnScreen struct {
	window  *Window
	tile    *widget.Tile
	buttons *fyne.Container

	round  int // counts the beginnings, to know late findings by
	boxes  int // counts what was looked up, to know late answers by
	asking question
	looked Returned
	// comparing waits for the serial under the machine; under is what was read
	// there, of no kind before that.
	comparing bool
	under     Returned
	// frame is the camera's frame that it was seen on.
	frame uint64
	// wrong is the kind of what was read in its place, "" for nothing.
	wrong string
}

func newReturnScreen(w *Window) *returnScreen {
	return &returnScreen{window: w, tile: widget.NewTile(widget.News{}), buttons: container.New(&widget.Lines{Gap: 12})}
}

// lookUpReturns shows the screen, where there is somebody to look up.
func (w *Window) lookUpReturns() {
	if w.options.Returns != nil {
		w.visit(w.returns)
	}
}

func (s *returnScreen) begin() {
	s.round++
	s.forget()
	round := s.round
	s.window.options.Returns.Begin(func(r Returned) {
		s.window.way.later(func() { s.tell(round, r) })
	})
}

func (s *returnScreen) end() {
	s.round++
	s.window.options.Returns.End()
}

// forget goes back to where nothing was read.
func (s *returnScreen) forget() {
	s.boxes++
	s.looked, s.comparing, s.under, s.wrong = Returned{}, false, Returned{}, ""
}

func (s *returnScreen) tell(round int, r Returned) {
	if round != s.round {
		return
	}
	switch {
	case s.beside(r):
	case r.Err != nil: // the box before is not the one at hand
		s.look(Returned{})
		s.window.fail(r.Err)
	case s.comparing && !r.Known: // a MAC address, say: the machine's label has many codes
		s.wrong = r.Kind
	case s.comparing && r.Kind != kindPKID:
		s.comparing, s.under, s.wrong, s.frame = false, r, "", r.Frame
	default:
		s.look(r)
	}
	s.refresh()
}

// reload looks at the box again, after a change: what was registered may be taken
// back by now.
func (s *returnScreen) reload() {
	if len(s.looked.Found) == 0 || !s.asking.begin() {
		return
	}
	w, box, before := s.window, s.boxes, s.looked
	ask(w, func(ctx context.Context) (Returned, error) { return w.options.Returns.Again(ctx, before) }, func(now Returned, err error) {
		again := s.asking.end()
		switch {
		case err != nil:
			w.fail(err)
		case box == s.boxes:
			s.looked = now
			s.refresh()
		}
		if again {
			s.reload()
		}
	})
}

// beside says whether a code only stands beside what is told, on a label that a camera
// sees whole: it identifies no box, or is on the same frame and tells nothing more.
func (s *returnScreen) beside(r Returned) bool {
	e, found := s.looked.Entry()
	if r.Frame == 0 || r.Err != nil || !found || s.comparing {
		return false
	}
	if r.Frame != s.frame {
		return !r.Known
	}
	if s.under.Kind == "" { // its PKID says more than its serial number
		return len(r.Found) == 0 || s.looked.Kind == kindPKID && slices.ContainsFunc(r.Found, func(o queue.Entry) bool { return o.ID == e.ID })
	}
	if closer := r.Kind == kindSerial && s.under.Kind != kindSerial; !s.under.is(e.Serial) && (closer || r.is(e.Serial)) {
		s.under = r
	}
	return true
}

// look has another box at hand. What was about to be done with the one before is not
// done any more, for whoever scans a box means that one.
func (s *returnScreen) look(r Returned) {
	before, _ := s.looked.Entry()
	now, _ := r.Entry()
	s.forget()
	s.looked, s.frame = r, r.Frame
	if s.window.panel != nil && before.ID != now.ID {
		s.window.leavePanels()
	}
}

func (s *returnScreen) build() fyne.CanvasObject {
	s.refresh()
	return container.New(returnLayout{}, s.band(), s.tile, s.buttons)
}

// band says for all to see that nothing is kept.
func (s *returnScreen) band() fyne.CanvasObject {
	say := s.window.words.Say
	title := widget.NewFit(say("returns.band"), 34, widget.Hold.Ink()).Bold()
	what := widget.NewFit(say("returns.band.what"), 18, widget.Hold.Ink())
	leave := container.NewHBox(widget.NewTap(say("returns.leave"), say("ui.key.escape"), widget.Plain, s.leave).Tall(52))
	return container.New(trialBandLayout{}, widget.NewBlocker(widget.Hold.Fill(), 12), iconOf(widget.Hold), title, what, leave)
}

func (s *returnScreen) leave() { s.window.visit(s.window.dock) }

func (s *returnScreen) refresh() {
	say := s.window.words.Say
	s.tile.Tell(s.news())
	e, found := s.looked.Entry()
	compare := widget.NewTap(say("returns.compare"), "F5", widget.Plain, s.compare).Tall(60)
	compare.SetEnabled(found && e.Serial != "")
	s.buttons.Objects = []fyne.CanvasObject{compare}
	if s.window.options.Removals != nil {
		remove := widget.NewTap(say("screens.remove"), "F6", widget.Plain, s.remove).Tall(60)
		remove.SetEnabled(found && s.removable(e))
		s.buttons.Objects = append(s.buttons.Objects, remove)
	}
	s.buttons.Refresh()
}

// removable says whether there is a registration to take back, or one that is being
// taken back, and it is known which.
func (s *returnScreen) removable(e queue.Entry) bool {
	return !queue.Several(s.looked.Found) && (e.State == queue.Registered || e.State == queue.Removing || e.State == queue.Removed)
}

// news is what the tile shows, in the language of now.
func (s *returnScreen) news() widget.News {
	spoken, r := s.window.words, s.looked
	e, found := r.Entry()
	switch {
	case r.Kind == "":
		return widget.News{Resting: true, Word: spoken.Say("returns.rest"), What: spoken.Say("returns.rest.what")}
	case s.comparing && s.wrong != "":
		return sentenceNews(widget.Gone, spoken.NotLookedUp(s.wrong), "")
	case s.comparing:
		return widget.News{
			Tone: widget.Gone, Word: spoken.Say("returns.under"), Read: words.Shown(e.Serial), What: spoken.Say("returns.under.what"), Next: spoken.Say("returns.under.next"),
		}
	case s.under.Kind != "":
		same := s.under.is(e.Serial)
		tone := widget.Reject
		if same {
			tone = widget.Accept
		}
		return sentenceNews(tone, spoken.SameMachine(e, s.under.Text, same), words.Shown(s.under.Text))
	case !r.Known:
		return sentenceNews(toneOfKind(r.Kind), spoken.NotLookedUp(r.Kind), words.Shown(r.Text))
	case !found:
		return sentenceNews(widget.Gone, spoken.NotReturned(), words.Shown(r.Text))
	case queue.Several(r.Found):
		return sentenceNews(widget.Hold, spoken.ReturnedSeveral(), words.Shown(r.Text))
	default:
		return s.found(e)
	}
}

// toneOfKind is how good a code is that is not looked up: a product key is to be shown
// to nobody. None bears a tick.
func toneOfKind(kind string) widget.Tone {
	if kind == kindSecret {
		return widget.Reject
	}
	return widget.Gone
}

func (s *returnScreen) found(e queue.Entry) widget.News {
	w := s.window
	news := sentenceNews(toneOfState(e.State), w.words.Returned(e, s.looked.RegisteredAt), nameOf(e))
	news.Box, news.Number = w.words.Say("ui.box"), strconv.Itoa(e.Number)
	if more := len(s.looked.Found) - 1; more > 0 {
		news.What += " " + w.words.Count("returns.more", more)
	}
	return news
}

func sentenceNews(tone widget.Tone, said words.Sentence, read string) widget.News {
	return widget.News{Tone: tone, Word: said.Word, Read: read, What: said.What, Next: said.Next}
}

// compare waits for the serial under the machine, or waits no longer.
func (s *returnScreen) compare() {
	if e, found := s.looked.Entry(); found && e.Serial != "" {
		s.comparing, s.under, s.wrong = !s.comparing, Returned{}, ""
		s.refresh()
	}
	s.window.capture.rest()
}

// remove begins to take the registration back, or shows how far that is.
func (s *returnScreen) remove() {
	w := s.window
	e, found := s.looked.Entry()
	if !found || w.options.Removals == nil || !s.removable(e) {
		return
	}
	one := []queue.Entry{e}
	if e.State != queue.Registered {
		w.openRemoving(one)
		return
	}
	w.queue.openRemoval(one, notRemovable(one))
}

func (s *returnScreen) command(key fyne.KeyName, modifier fyne.KeyModifier) bool {
	switch {
	case modifier != 0:
		return false
	case key == fyne.KeyF5:
		s.compare()
	case key == fyne.KeyF6:
		s.remove()
	case key == fyne.KeyEscape && s.window.notice.say == nil:
		s.leave()
	default:
		return false
	}
	return true
}

// returnLayout lays out band, tile and buttons downwards.
type returnLayout struct{}

func (returnLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(860, 480) }

func (returnLayout) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	width := space.Width - 2*edge
	band := min(max(space.Height*0.12, 64), 92)
	put(objects[0], edge, edge, width, band)
	low := max(objects[2].MinSize().Height, 60)
	put(objects[2], edge, space.Height-edge-low, width, low)
	top := band + 2*edge
	put(objects[1], edge, top, width, space.Height-top-low-2*edge)
}
