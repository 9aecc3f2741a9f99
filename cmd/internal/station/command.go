package station

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/scanner/command"
	"pkidstation/scanner/label"
)

// states are what the dock is doing, for the person whose hand it is.
func (s *Station) states(ctx context.Context, h *hand) (all []command.State) {
	switch {
	case s.locked:
		return []command.State{command.Locked}
	case s.change != nil:
		return []command.State{command.Changing}
	case !s.open():
		all = append(all, command.Idle)
	case s.asks(ctx, h):
		all = append(all, command.Asking)
	default:
		all = append(all, command.Receiving)
	}
	if s.unsure() || s.shift != nil {
		all = append(all, command.Unconfirmed)
	}
	return all
}

// asks says whether it is still asked what the 13 digits of the last box are.
func (s *Station) asks(ctx context.Context, h *hand) bool {
	if h.asking == "" {
		return false
	}
	e, err := s.queue.Entry(ctx, h.asking)
	return err == nil && e.State == queue.Held && e.Reason == queue.CouldBeGTIN
}

// command carries a command out if it is valid now. A command that is not valid
// does nothing but break off a change of customer.
func (s *Station) command(ctx context.Context, c seeing) (queue.Verdict, error) {
	cmd, ok := command.Parse(c.code.Text)
	if !ok {
		return s.turnAway(c, queue.NotTaken, queue.NoSuchCommand), nil
	}
	if !slices.ContainsFunc(s.states(ctx, c.hand), cmd.Word.Valid) {
		return s.turnAway(c, queue.NotTaken, s.notNow()), nil
	}
	v, err := s.obey(ctx, c, cmd)
	if err != nil {
		return v, err
	}
	if cmd.Word != command.NotPKID && cmd.Word != command.Undo {
		c.hand.answered = ""
	}
	if v.Kind == "" {
		v.Kind = string(label.Command)
	}
	if v.Text == "" && v.Kind == string(label.Command) {
		v.Text = c.code.Text
	}
	v.At = time.Now()
	return v, nil
}

// notNow is why a command is refused that is not valid now. It breaks off a
// change of customer, as anything does.
func (s *Station) notNow() queue.Reason {
	switch {
	case s.locked:
		return queue.Locked
	case s.change != nil:
		s.change = nil
		return queue.NotChanged
	default:
		return queue.NotNow
	}
}

func (s *Station) obey(ctx context.Context, c seeing, cmd command.Command) (queue.Verdict, error) {
	switch cmd.Word {
	case command.Undo:
		return s.takeBack(ctx, c)
	case command.Next:
		return s.next(ctx, c.hand)
	case command.Hold:
		return s.holdBox(ctx, c.hand)
	case command.Unreadable:
		return s.unreadable(ctx, c)
	case command.IsPKID:
		return s.isPKID(ctx, c.hand)
	case command.NotPKID:
		return s.notPKID(ctx, c.hand)
	case command.Carton:
		return s.turnCarton(ctx, c.hand)
	case command.Close:
		return s.closeReception(ctx)
	case command.Customer:
		s.change = &change{}
		return did(queue.ScanOrder), nil
	case command.Confirm:
		return s.sayYes(ctx)
	case command.Repeat:
		return s.repeat(c), nil
	case command.Lock:
		s.locked = true
		return did(queue.NowLocked), nil
	case command.Badge:
		return s.badge(ctx, c.hand, cmd.Argument)
	case command.Calibrate:
		return s.calibrate(ctx, c)
	default:
		return s.turnAway(c, queue.NotTaken, queue.NoSuchCommand), nil
	}
}

// did is the verdict on a command that was carried out and has no entry.
func did(what queue.Reason) queue.Verdict { return queue.Verdict{Word: queue.Ignored, Reason: what} }

// cannot is the verdict on a command that found nothing to act on.
func cannot(why queue.Reason) queue.Verdict { return queue.Verdict{Word: queue.NotTaken, Reason: why} }

// takeBack undoes the last capture of this hand. With one hand that is the last
// of all.
func (s *Station) takeBack(ctx context.Context, c seeing) (queue.Verdict, error) {
	if digits := c.hand.answered; digits != "" {
		c.hand.answered = ""
		if err := s.queue.Forget(ctx, queue.LearnGTIN, digits, queue.Act{By: s.operator}); err != nil {
			return queue.Verdict{}, fmt.Errorf("taking an answer back: %w", err)
		}
		return did(queue.AnswerUndone), nil
	}
	e, err := s.undo(ctx, func(source string) bool { return s.handName(source) == c.hand.name })
	_, sent := errors.AsType[*queue.WayError](err)
	switch {
	case sent:
		return cannot(queue.AlreadySent), nil
	case errors.Is(err, queue.ErrNothingToUndo):
		return cannot(queue.NothingHere), nil
	case err != nil:
		return queue.Verdict{}, err
	}
	v := did(queue.Undone)
	v.Entry = e
	return v, nil
}

// next closes the box at hand. One that lacks its PKID is told to be held: it was
// left, perhaps by mistake. In a carton it closes that.
func (s *Station) next(ctx context.Context, h *hand) (queue.Verdict, error) {
	if h.carton != nil {
		return h.closeCarton(), nil
	}
	if h.box == "" {
		h.pairer.Close()
		return did(queue.BoxClosed), nil
	}
	e, completed, err := s.closeBox(ctx, h)
	if err != nil {
		return queue.Verdict{}, err
	}
	last := h.box
	h.drop()
	h.last = last
	switch {
	case completed:
		return queue.Verdict{Word: queue.Accepted, Entry: e}, nil
	case e.State == queue.Held:
		return queue.Verdict{Word: queue.OnHold, Entry: e, Reason: e.Reason}, nil
	default:
		v := did(queue.BoxClosed)
		v.Entry = e
		return v, nil
	}
}

// holdBox holds the box at hand, whatever is read of it later.
func (s *Station) holdBox(ctx context.Context, h *hand) (queue.Verdict, error) {
	if h.box == "" {
		return cannot(queue.NothingHere), nil
	}
	v, err := s.queue.HoldBox(ctx, h.box, s.operator)
	if _, sent := errors.AsType[*queue.WayError](err); sent {
		return cannot(queue.AlreadySent), nil
	}
	if err != nil {
		return v, fmt.Errorf("holding the box: %w", err)
	}
	return v, nil
}

// unreadable keeps the box at hand although its PKID cannot be read, or a new
// one where that has its PKID. Its serial may still be read.
func (s *Station) unreadable(ctx context.Context, c seeing) (queue.Verdict, error) {
	h := c.hand
	box, open := h.pairer.Current()
	into := h.box
	if h.carton != nil {
		into = ""
	} else if !open || h.pairer.Quietly(at(c)) || box.PKID != "" {
		if _, _, err := s.closeBox(ctx, h); err != nil {
			return queue.Verdict{}, err
		}
		h.last, h.box, into = h.box, "", ""
		h.window = nil
		h.pairer.Begin(at(c))
	}
	v, err := twice(func(id string) (queue.Verdict, error) {
		return s.queue.KeepUnreadable(ctx, queue.Illegible{ID: id, Reception: s.reception.ID, Into: into, Unconfirmed: s.unsure(), Read: c.read(), By: s.operator})
	})
	if err != nil {
		return v, fmt.Errorf("keeping a box that cannot be read: %w", err)
	}
	v = s.atTheDock(ctx, v)
	if h.carton != nil {
		h.carton.devices[v.Entry.ID] = true
		return h.counted(v), nil
	}
	h.at(v.Entry.ID)
	return v, nil
}

// shortCarton is the refusal to leave a reception while a carton is short, once.
func (s *Station) shortCarton() (queue.Verdict, bool) {
	for _, h := range s.hands {
		if h.short() {
			return h.counted(cannot(queue.CartonShort)), true
		}
	}
	return queue.Verdict{}, false
}

// repeat tells the last verdict again. It is marked: nothing was kept anew.
func (s *Station) repeat(c seeing) queue.Verdict {
	v := c.hand.verdict
	if v.Word == "" {
		return s.turnAway(c, queue.NotTaken, queue.NothingHere)
	}
	v.Repeated = true
	return v
}

// calibrate keeps the keyboard's layout for good. A scanner that is no keyboard
// has none to tell.
func (s *Station) calibrate(ctx context.Context, c seeing) (queue.Verdict, error) {
	if c.scan.Layout == "" {
		return cannot(queue.NothingHere), nil
	}
	if err := s.keepLayout(ctx, c.scan.Layout); err != nil {
		return queue.Verdict{}, err
	}
	v := did(queue.Calibrated)
	v.Name = c.scan.Layout
	return v, nil
}

// KeepLayout keeps the keyboard's layout where the calibration barcode was read
// elsewhere than at the dock.
func (s *Station) KeepLayout(ctx context.Context, layout string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keepLayout(ctx, layout)
}

func (s *Station) keepLayout(ctx context.Context, layout string) error {
	if err := s.queue.Learn(ctx, queue.LearnLayout, "", layout, queue.Act{By: s.operator}); err != nil {
		return fmt.Errorf("keeping the keyboard's layout: %w", err)
	}
	return nil
}
