package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/uplink"
	"pkidstation/queue"
	"pkidstation/queue/upload"
)

func uploadCommand(p *program) *cobra.Command {
	untilSettled, asJSON := false, false
	cmd := &cobra.Command{
		Use:   "upload",
		Short: "Register what is ready; the last line says how many entries stand where",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.upload(cmd.Context(), untilSettled)
		},
	}
	cmd.Flags().BoolVar(&untilSettled, "until-settled", false, "wait through outages until nothing is ready, planned or submitted, or waits for a person")
	cmd.Flags().BoolVar(&asJSON, "json", false, "nothing but JSON on standard output (it is so without, too)")
	return cmd
}

func (p *program) upload(ctx context.Context, untilSettled bool) error {
	q, cfg, err := p.station(false)
	if err != nil {
		return err
	}
	p.callByName(ctx)
	u, err := p.uploader(cfg)
	if errors.Is(err, uplink.ErrNoToken) {
		return p.needsSignIn(ctx, q, err)
	}
	if err != nil {
		return err
	}
	do := u.Pass
	if untilSettled {
		defer p.progress(u)()
		do = u.UntilSettled
	}
	status, err := do(ctx)
	switch {
	case err != nil && stopped(ctx, err):
		err = nil // a signal: say where things stand, the next upload goes on
	case err != nil && !errors.Is(err, upload.ErrNoContact):
		return err
	}
	return p.outcome(context.WithoutCancel(ctx), q, status, err, !untilSettled && heldBack(status, time.Now()))
}

// heldBack says whether a pass called nobody because the whole station waits,
// such as for what Partner Center asked for. Until when is among the waits.
func heldBack(s upload.Status, now time.Time) bool {
	return s.LastContact.IsZero() && slices.ContainsFunc(s.Waits, func(w upload.Wait) bool {
		return w.Customer == "" && w.Entries > 0 && w.Until.After(now)
	})
}

// outcome says where things stand and what that means for the exit code.
func (p *program) outcome(ctx context.Context, q *queue.Queue, status upload.Status, unreached error, held bool) error {
	for _, wait := range status.Waits {
		if wait.Entries == 0 && unreached != nil {
			continue
		}
		fmt.Fprintln(p.err, "pkidctl:", p.words().Wait(wait, time.Now())) //nolint:errcheck // the counts follow
	}
	stuck, err := p.beside(ctx, q)
	if err != nil {
		return err
	}
	counts, err := q.Counts(ctx)
	if err != nil {
		return err
	}
	if err := p.object(counts); err != nil {
		return err
	}
	switch {
	case unreached != nil:
		fmt.Fprintln(p.err, "pkidctl:", p.words().Error(unreached)) //nolint:errcheck // the exit code says it too
		return &exitError{code: exitUnreachable}
	case held:
		return &exitError{code: exitUnreachable}
	case counts.Held > 0, counts.Rejected > 0, stuck, forPerson(status):
		return &exitError{code: exitPerson}
	default:
		return nil
	}
}

// beside says what the counts do not tell apart, and which removals wait for a
// person.
func (p *program) beside(ctx context.Context, q *queue.Queue) (stuck bool, err error) {
	marks, err := q.Marks(ctx)
	if err != nil {
		return false, err
	}
	for _, text := range p.words().Marks(marks) {
		p.remark(text)
	}
	open, err := q.OpenRemovals(ctx)
	if err != nil {
		return false, err
	}
	for _, r := range open {
		if r.Person {
			stuck = true
			p.remark(maskedDevice(r.Device) + ": " + p.words().Removal(r, time.Now()).String())
		}
	}
	return stuck, nil
}

func forPerson(s upload.Status) bool {
	for _, w := range s.Waits {
		if w.Until.IsZero() {
			return true
		}
	}
	return false
}

func (p *program) needsSignIn(ctx context.Context, q *queue.Queue, why error) error {
	fmt.Fprintln(p.err, "pkidctl:", p.words().Error(why)) //nolint:errcheck // the exit code says it too
	counts, err := q.Counts(ctx)
	if err != nil {
		return err
	}
	return errors.Join(p.object(counts), &exitError{code: exitPerson})
}

// progress writes to standard error what the uploader does, one line for each
// change that a person would want to see: the counts, what holds things up and
// why, and when it is tried again. stop ends it and waits.
func (p *program) progress(u *upload.Uploader) (stop func()) {
	changed, unwatch := u.Watch()
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		said := map[string]bool{}
		for {
			select {
			case <-quit:
				return
			case <-changed:
				said = p.tell(u.Status(), said)
			}
		}
	}()
	return func() { close(quit); <-done; unwatch() }
}

// tell writes the lines about a status that were not said of the one before, and
// gives all of them.
func (p *program) tell(s upload.Status, before map[string]bool) map[string]bool {
	now := time.Now()
	lines := []string{p.words().Progress(s, now)}
	for _, wait := range s.Waits {
		if wait.Entries > 0 || wait.Until.IsZero() { // that the line is down is in the first one
			lines = append(lines, p.words().Wait(wait, now))
		}
	}
	said := map[string]bool{}
	for _, text := range lines {
		if said[text] = true; !before[text] {
			p.remark(text)
		}
	}
	return said
}
