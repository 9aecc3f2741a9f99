package ui

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/upload"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// tick is how often words that tell a time are told anew.
const tick = 20 * time.Second

// A Window is the station's one window. Its methods are for Fyne's goroutine,
// but for Run.
type Window struct {
	options Options
	app     fyne.App
	window  fyne.Window
	worker  *worker
	errands errands
	way     *way
	clock   clock
	capture *capture
	words   *words.Words

	// What the ports last said.
	reception queue.Reception
	open      bool
	counts    queue.Counts
	status    upload.Status
	customers []queue.CustomerSetting
	pauses    map[autopilot.TenantID]queue.Pause
	marks     queue.Marks
	tally     Tally
	tallying  question
	sign      SignInState
	names     map[autopilot.TenantID]string
	recent    []queue.Entry
	tidings   tidings
	guard     guarding
	setup     settingUp
	heralds   *heralds
	waits     []*wait
	// primary is how high what the dock's people press is.
	primary float32

	// unheard is what the sources told and the screen has not, picture the newest that
	// it has not looked at.
	unheard unheard
	picture atomic.Pointer[Preview]
	looking question

	// What is on screen.
	page  page
	panel panel
	// panelAt is how far the panel is scrolled.
	panelAt     fyne.Position
	panelScroll *container.Scroll
	notice      notice
	worn        Look
	alerts      alerts
	bar         *bar
	dock        *dock
	queue       *queueScreen
	trial       *trialScreen
	returns     *returnScreen
	morning     *morningScreen
	slots       slots

	// leaving ends what Run began, nil before.
	leaving        func()
	closing, ended chan struct{}
}

// New makes the window of an app and shows nothing yet. It fails only if the
// texts cannot be read.
func New(app fyne.App, options Options) (*Window, error) {
	way := &way{}
	return newWindow(app, options, newWorker(), way, wallClock{way})
}

func newWindow(app fyne.App, options Options, worker *worker, way *way, clock clock) (*Window, error) {
	w := &Window{options: options.complete(), app: app, worker: worker, way: way, clock: clock, names: map[autopilot.TenantID]string{}, closing: make(chan struct{}), ended: make(chan struct{})}
	way.took = options.Took
	if err := w.speak(options.Language); err != nil {
		return nil, err
	}
	if options.Herald != nil {
		w.heralds = newHeralds(clock, w.herald)
	}
	w.primary = primaryHigh(0, 1)
	w.worn = options.Look
	widget.SetDark(w.worn.dark(app))
	dress(app)
	if w.window = options.Window; w.window == nil {
		w.window = app.NewWindow("")
	}
	w.window.SetTitle(w.title())
	w.window.SetPadded(false)
	if options.Icon != nil {
		w.window.SetIcon(options.Icon)
	}
	w.capture = newCapture(options.Intake.Keys(), options.Wedge, clock, w.window.Canvas())
	w.capture.command, w.capture.byHand = w.command, w.typedAtTheDock
	w.bar, w.dock, w.queue, w.trial = newBar(w), newDock(w), newQueueScreen(w), newTrialScreen(w)
	w.returns, w.morning = newReturnScreen(w), newMorningScreen(w)
	w.page = w.dock
	slots, content := newSlots(w)
	w.slots = slots
	w.window.SetContent(content)
	w.window.Resize(size())
	w.rebuild()
	w.capture.rest()
	return w, nil
}

// speak takes another language. Customers are called by their names.
func (w *Window) speak(language string) error {
	spoken, err := w.options.Words(language)
	if err != nil {
		return fmt.Errorf("finding words for the window: %w", err)
	}
	w.words = spoken.Naming(func(id autopilot.TenantID) string { return w.names[id] })
	return nil
}

func (w *Window) title() string {
	if w.options.Station == "" {
		return w.words.Say("ui.title")
	}
	return w.words.Say("ui.title") + " · " + words.Shown(w.options.Station)
}

// Show shows the window.
func (w *Window) Show() {
	if w.options.Window == nil { // else it is shown
		w.window.SetFullScreen(w.options.FullScreen || w.options.Kiosk)
		w.window.Show()
	}
	w.capture.rest()
}

func (w *Window) tick(ctx context.Context) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			w.way.later(w.retell)
		}
	}
}

// retell tells anew what tells a time.
func (w *Window) retell() {
	w.bar.refresh()
	w.asks(w.askedNow())
	if _, ok := w.panel.(*signInPanel); ok {
		w.rebuildPanel()
	}
}

// reload asks for what is on screen. It is called after each change; what is
// asked for already is asked for once more, however many changes there were.
func (w *Window) reload() {
	w.askReception()
	switch w.page {
	case page(w.queue):
		w.queue.reload()
	case page(w.returns):
		w.returns.reload()
	case page(w.morning):
		w.morning.reload()
	}
	if p, ok := w.panel.(interface{ reload() }); ok {
		p.reload()
	}
}

func (w *Window) recount() {
	ask(w, func(context.Context) (upload.Status, error) { return w.options.Uploads.Status(), nil },
		func(s upload.Status, _ error) {
			w.status = s
			w.bar.refresh()
			if w.page == page(w.queue) {
				w.queue.refresh()
			}
		})
}

// seen is what one look at the queue gave.
type seen struct {
	reception queue.Reception
	open      bool
	counts    queue.Counts
	recent    []queue.Entry
	pauses    []queue.Pause
	marks     queue.Marks
	asking    asking
}

// lookAtPartner adds what is held back, and the marks, where there are ports for
// them.
func (w *Window) lookAtPartner(ctx context.Context, s *seen) (err error) {
	if w.options.Relations != nil {
		if s.pauses, err = w.options.Relations.Pauses(ctx); err != nil {
			return err
		}
	}
	if w.options.Marks != nil {
		s.marks, err = w.options.Marks.Marks(ctx)
	}
	return err
}

// shownCaptures is how many captures the dock lists.
const shownCaptures = 10

func (w *Window) askReception() {
	if !w.looking.begin() {
		return
	}
	ask(w, func(ctx context.Context) (seen, error) {
		var s seen
		var err error
		s.reception, s.open = w.options.Reception.Current()
		s.asking = w.askedNow()
		if s.counts, err = w.options.Entries.Counts(ctx); err != nil {
			return s, err
		}
		filter := Wanted{Filter: queue.Filter{States: standing(), Newest: true, Limit: shownCaptures}}
		if s.open {
			filter.Reception = s.reception.ID
		}
		if s.recent, err = w.options.Entries.List(ctx, filter); err != nil {
			return s, err
		}
		return s, w.lookAtPartner(ctx, &s)
	}, w.look)
}

// look takes what a look at the queue gave.
func (w *Window) look(s seen, err error) {
	again := w.looking.end()
	if err != nil {
		w.fail(err)
		return
	}
	w.reception, w.open, w.counts, w.recent, w.marks = s.reception, s.open, s.counts, s.recent, s.marks
	if w.heralds != nil {
		w.heralds.count(s.counts.Rejected)
	}
	w.pauses = map[autopilot.TenantID]queue.Pause{}
	for _, p := range s.pauses {
		w.pauses[p.Customer] = p
	}
	w.asks(s.asking)
	w.page.refresh()
	w.bar.refresh()
	w.askTally()
	if again {
		w.askReception()
	}
}

// standing are the states of entries that are still there.
func standing() []queue.State {
	var states []queue.State
	for _, s := range queue.States() {
		if !s.Gone() {
			states = append(states, s)
		}
	}
	return states
}

func (w *Window) askCustomers() {
	ask(w, w.options.Reception.Customers, func(customers []queue.CustomerSetting, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		order := collate.New(language.Und, collate.IgnoreCase)
		slices.SortStableFunc(customers, func(a, b queue.CustomerSetting) int { return order.CompareString(a.Name, b.Name) })
		w.customers = customers
		for _, c := range customers {
			w.names[c.ID] = c.Name
		}
		w.rebuildPanel()
		w.page.refresh()
	})
}
