package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"pkidstation/queue"
)

// A supervisor's PIN comes on standard input or in the environment, never as an
// argument: those every process of the PC can read.

// variablePIN is the variable that a PIN may come in.
const variablePIN = "PKIDSTATION_PIN"

// pinFlag lets a command take a supervisor's PIN.
func (p *program) pinFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&p.pinGiven, "pin-stdin", false, "read the supervisor's PIN from the first line of standard input (else "+variablePIN+")")
}

// hidePIN takes the PIN out of the environment that the rest of the program sees.
func (p *program) hidePIN() {
	p.environ = slices.DeleteFunc(slices.Clone(p.environ), func(v string) bool {
		name, value, _ := strings.Cut(v, "=")
		found := strings.EqualFold(name, variablePIN)
		if found && p.pinSet == "" {
			p.pinSet = value
		}
		return found
	})
}

// allow has an act be a supervisor's, once the station has one: it is unlocked for
// this command with the PIN that was given.
func (p *program) allow(ctx context.Context, q *queue.Queue, act queue.Act) (queue.Act, error) {
	all, err := q.Supervisors(ctx)
	if err != nil || len(all) == 0 {
		return act, err
	}
	pin := p.pinSet
	if p.pinGiven {
		if pin, err = p.secretLine(); err != nil {
			return act, err
		}
	}
	if pin == "" {
		return act, queue.ErrNeedsSupervisor
	}
	act.Pass, err = q.Unlock(ctx, act.By, pin)
	return act, err
}

// supervise is allow for what pkidctl does as supervisor before there is one; it
// says so.
func (p *program) supervise(ctx context.Context, q *queue.Queue, act queue.Act) (queue.Act, error) {
	if err := p.sayUnsupervised(ctx, q); err != nil {
		return act, err
	}
	return p.allow(ctx, q, act)
}

func (p *program) sayUnsupervised(ctx context.Context, q *queue.Queue) error {
	all, err := q.Supervisors(ctx)
	if err == nil && len(all) == 0 {
		p.remark(p.words().Say("cli.as-supervisor"))
	}
	return err
}

// secretLine reads a line of standard input, without echo where that is a
// terminal, and nothing behind it: that may be an answer to what is asked next.
func (p *program) secretLine() (string, error) {
	if input, is := p.terminal(); is {
		line, err := term.ReadPassword(descriptor(input))
		fmt.Fprintln(p.err) //nolint:errcheck // the line end that was not shown
		if err != nil {
			return "", fmt.Errorf("reading the PIN: %w", err)
		}
		return string(line), nil
	}
	var line []byte
	one := make([]byte, 1)
	for len(line) < maxTyped {
		n, err := p.in.Read(one)
		if n > 0 && one[0] == '\n' {
			break
		}
		line = append(line, one[:n]...)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", fmt.Errorf("reading the PIN: %w", err)
		}
	}
	return strings.TrimSuffix(string(line), "\r"), nil
}
