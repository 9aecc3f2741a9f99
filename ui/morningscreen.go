package ui

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue/morning"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// lookPause is how long the morning stands before it is looked at anew: while the dock
// works the queue changes with each scan.
const lookPause = 10 * time.Second

// A morningScreen shows a supervisor how the station stands: what must not leave, what
// was refused, what waits and why, each with the way to where it is seen to, and three
// charts. Scans go on while it is shown, as on the queue screen. It is looked at anew
// when the queue changes, but not more often than lookPause; leaving ends the looking.
type morningScreen struct {
	window *Window
	got    morning.Morning
	known  bool
	failed string // why nothing is known, "" where nothing went wrong
	asking question
	// next is when it may be looked at again; stop ends a look that is put off, or
	// leave the one that is under way.
	next  time.Time
	stop  func()
	leave context.CancelFunc

	writing bool
	matters []words.Matter
	items   []*widget.Item
	chosen  int

	head   *fyne.Container
	scroll *container.Scroll
}

func newMorningScreen(w *Window) *morningScreen {
	return &morningScreen{window: w, head: container.NewStack(), scroll: container.NewVScroll(container.NewStack())}
}

// openMorning shows the page, where there is anybody to look.
func (w *Window) openMorning() {
	if w.options.Morning != nil {
		w.visit(w.morning)
	}
}

// reload looks anew, soon: the window calls it when the page is shown and after each
// change.
func (s *morningScreen) reload() {
	w := s.window
	switch wait := s.next.Sub(w.clock.Now()); {
	case s.stop != nil: // it is put off already
	case wait > 0 && s.known:
		s.stop = w.clock.After(wait, func() {
			s.stop = nil
			if w.page == page(s) {
				s.look()
			}
		})
	default:
		s.look()
	}
}

// look asks for it; while an answer is awaited, once more after it.
func (s *morningScreen) look() {
	w := s.window
	if !s.asking.begin() {
		return
	}
	left, leave := context.WithCancel(context.Background())
	s.leave = leave
	askFar(w, func(ctx context.Context) (morning.Morning, error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(left, cancel)()
		return w.options.Morning.Look(ctx)
	}, func(m morning.Morning, err error) {
		gone := left.Err() != nil
		leave()
		s.seen(m, err, gone) //nolint:contextcheck // where a line leads to has a call of its own
	})
}

// seen takes what was looked at; gone says that the page was left meanwhile.
func (s *morningScreen) seen(m morning.Morning, err error, gone bool) {
	w := s.window
	again := s.asking.end()
	if !gone {
		s.next = w.clock.Now().Add(lookPause)
	}
	switch {
	case gone:
	case err != nil && s.known:
		w.fail(err) // what was seen before stays
	case err != nil:
		s.failed = w.failedIn(err)
	default:
		s.got, s.known, s.failed = m, true, ""
	}
	if w.page != page(s) {
		return
	}
	s.rebuild()
	if again || gone {
		s.reload()
	}
}

// left ends a look that is under way or put off: nobody waits for it.
func (s *morningScreen) left() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
	if s.leave != nil {
		s.leave()
	}
}

func (s *morningScreen) build() fyne.CanvasObject {
	s.rebuild()
	return container.New(morningLayout{}, s.head, s.scroll)
}

// refresh shows what is known of the report; the rest is made anew when it was looked
// at.
func (s *morningScreen) refresh() { s.buildHead() }

// rebuild makes all of it anew, in the language of now, where it was scrolled to.
func (s *morningScreen) rebuild() {
	left := container.NewVBox()
	before, chosen := s.matters, s.chosen
	s.matters, s.items = nil, nil
	switch {
	case s.failed != "":
		left.Add(widget.NewPara(s.failed, 20, widget.Text()).Bold())
	case !s.known:
		left.Add(widget.NewPara(s.window.words.Say("morning.looking"), 20, widget.Muted()))
	default:
		for n, part := range s.window.words.Morning(s.got) {
			left.Add(s.part(part, n == 0))
		}
	}
	s.chosen = min(chosen, max(len(s.matters)-1, 0))
	if chosen < len(before) {
		s.keep(before[chosen])
	}
	s.mark()
	s.scroll.Content = container.New(morningColumns{}, left, s.charts())
	s.scroll.Content.Resize(s.scroll.Content.MinSize().Max(s.scroll.Size())) // of content that has no size yet a scroll forgets where it was
	s.scroll.Refresh()
	s.buildHead()
}

// keep has the matter chosen that was before, wherever it stands now.
func (s *morningScreen) keep(before words.Matter) {
	same := func(m words.Matter) bool {
		return m.About == before.About && m.Order == before.Order && m.Customer == before.Customer && m.Entry == before.Entry && m.State == before.State
	}
	if s.chosen < len(s.matters) && same(s.matters[s.chosen]) {
		return
	}
	if n := slices.IndexFunc(s.matters, same); n >= 0 {
		s.chosen = n
	}
}

// part is a title and its matters.
func (s *morningScreen) part(part words.MorningPart, orders bool) fyne.CanvasObject {
	rows := container.NewVBox(widget.NewPara(part.Title, 19, widget.Text()).Bold())
	for _, m := range part.Matters {
		n := len(s.matters)
		item := widget.NewItem(remarkOf(m, false), func() { s.tapped(n) })
		s.matters, s.items = append(s.matters, m), append(s.items, item)
		rows.Add(item)
	}
	if orders && len(s.got.Orders.Staying) > 0 {
		rows.Add(widget.NewPara(s.window.words.Say("morning.orders.what"), 14, widget.Muted()))
	}
	rows.Add(gap(4))
	return rows
}

// remarkOf is a matter as it is shown.
func remarkOf(m words.Matter, chosen bool) widget.Remark {
	tone := widget.Neutral
	switch m.Grade {
	case words.GradeMind:
		tone = widget.Hold
	case words.GradeAct:
		tone = widget.Reject
	case words.GradeWell:
	}
	return widget.Remark{Tone: tone, Word: m.Word, Text: m.Text, Next: m.Next, Chosen: chosen}
}

// mark shows which matter is chosen.
func (s *morningScreen) mark() {
	for n, item := range s.items {
		item.Tell(remarkOf(s.matters[n], n == s.chosen))
	}
}

// tapped chooses a matter, and goes where it leads if it was chosen already.
func (s *morningScreen) tapped(n int) {
	if s.chosen == n {
		s.follow()
		return
	}
	s.chosen = n
	s.mark()
	s.window.capture.rest()
}

// step chooses the next matter, or the one before, and keeps it in sight.
func (s *morningScreen) step(down bool) {
	n := s.chosen - 1
	if down {
		n += 2
	}
	s.chosen = min(max(n, 0), max(len(s.items)-1, 0))
	s.mark()
	if s.chosen >= len(s.items) {
		return
	}
	item, driver := s.items[s.chosen], fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(item).Y - driver.AbsolutePositionForObject(s.scroll.Content).Y
	const title = 40 // of its part, which is seen beside the first one
	s.scroll.ScrollToOffset(fyne.NewPos(0, min(max(s.scroll.Offset.Y, top+item.Size().Height-s.scroll.Size().Height), max(top-title, 0))))
}

func (s *morningScreen) command(key fyne.KeyName, modifier fyne.KeyModifier) bool {
	enter := key == fyne.KeyReturn || key == fyne.KeyEnter
	switch {
	case enter && modifier == fyne.KeyModifierControl:
		s.follow()
	case modifier != 0:
		return false
	case key == fyne.KeyDown, key == fyne.KeyUp:
		s.step(key == fyne.KeyDown)
	case key == fyne.KeyPageDown, key == fyne.KeyPageUp:
		s.turn(key == fyne.KeyPageDown)
	case key == fyne.KeyF5:
		s.write()
	case key == fyne.KeyEscape && s.window.notice.say == nil:
		s.window.visit(s.window.queue)
	default:
		return false
	}
	return true
}

// turn shows what lies below or above.
func (s *morningScreen) turn(down bool) {
	by := s.scroll.Size().Height * 0.8
	if !down {
		by = -by
	}
	most := max(s.scroll.Content.MinSize().Height-s.scroll.Size().Height, 0)
	s.scroll.ScrollToOffset(fyne.NewPos(0, min(max(s.scroll.Offset.Y+by, 0), most)))
}
