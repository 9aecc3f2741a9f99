package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/queue/upload"
	"pkidstation/scanner"
	"pkidstation/scanner/camera"
	"pkidstation/scanner/line"
	"pkidstation/scanner/serial"
)

type scanFlags struct {
	customer, tag, order   string
	noPairing, up, json    bool
	stdin                  bool
	serialDevice, cameraOf string
}

func scanCommand(p *program) *cobra.Command {
	var f scanFlags
	cmd := &cobra.Command{
		Use:   "scan (--stdin | --serial DEVICE[@BAUD] | --camera SOURCE)",
		Short: "Take scans into a reception; each gets one verdict, printed after it is on disk",
		Long: `Opens a reception, or goes on with the open one for the same customer, group
tag and order, takes scans until the input ends, and closes it.

SOURCE is a camera's name (on Linux; doctor camera lists them), an http(s)
address of an MJPEG stream, or a picture, a Y4M file or a folder of pictures
played as frames. --stdin takes one scan a line, with or without AIM identifier
(]C0…).`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.scan(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.customer, "customer", "", "the customer's Microsoft ID (tenant id)")
	flags.StringVar(&f.tag, "group-tag", "", "group tag")
	flags.StringVar(&f.order, "order", "", "order or delivery note")
	flags.BoolVar(&f.noPairing, "no-pairing", false, "do not join serial numbers to PKIDs")
	flags.BoolVar(&f.up, "upload", false, "register in the same process")
	flags.BoolVar(&f.json, "json", false, "one JSON object a line")
	flags.BoolVar(&f.stdin, "stdin", false, "read scans from standard input")
	flags.StringVar(&f.serialDevice, "serial", "", "read from a serial scanner: DEVICE[@BAUD]")
	flags.StringVar(&f.cameraOf, "camera", "", "read from a camera SOURCE")
	cmd.MarkFlagsOneRequired("stdin", "serial", "camera")
	cmd.MarkFlagsMutuallyExclusive("stdin", "serial", "camera")
	return cmd
}

func (p *program) scan(ctx context.Context, f scanFlags) error {
	work, err := f.work()
	if err != nil {
		return err
	}
	folder, cfg, err := p.configured()
	if err != nil {
		return err
	}
	source, err := p.source(ctx, f, cfg)
	if err != nil {
		return err
	}
	q, err := p.open(folder, cfg, false)
	if err != nil {
		return err
	}
	s := station.New(station.Options{
		Queue: q, Operator: operator(), Pairing: cfg.Scanner.Pairing && !f.noPairing, Quiet: cfg.Scanner.Quiet,
	})
	p.callByName(ctx)
	if err := s.KnowLabels(ctx, cfg.Label.Rules); err != nil {
		return err
	}
	if _, err := s.Open(ctx, work); err != nil {
		return err
	}
	stop, rest := p.uploadBeside(ctx, cfg, f.up), p.careBeside(ctx, folder, cfg, q)
	defer rest()
	return errors.Join(p.takeAll(ctx, s, source, work, f.json), stop())
}

func (f scanFlags) work() (queue.Work, error) {
	customer, err := tenant(f.customer)
	if err != nil {
		return queue.Work{}, err
	}
	tag, err := groupTag(f.tag)
	return queue.Work{Customer: customer, GroupTag: tag, Order: f.order}, errors.Join(err, entered(f.order))
}

func (p *program) source(ctx context.Context, f scanFlags, cfg config.Config) (scanner.Source, error) {
	switch {
	case f.serialDevice != "":
		device, baud, err := serial.ParseAddress(f.serialDevice)
		if err != nil {
			return nil, usage("--serial: %w", err)
		}
		return serial.New(device, baud, cfg.Scanner.SerialOptions()), nil
	case f.cameraOf != "":
		return camera.Open(ctx, f.cameraOf, camera.Options{System: p.cameras})
	case f.stdin:
		return line.New("stdin", p.in), nil
	default:
		return nil, usage("--serial and --camera need a name")
	}
}

// takeAll takes scans until the input ends, and closes the reception then. It
// stays open when a signal or a lost scanner ended it: the work goes on later.
func (p *program) takeAll(ctx context.Context, s *station.Station, source scanner.Source, work queue.Work, asJSON bool) error {
	// A verdict is owed for what was read, also when a signal comes meanwhile.
	keep := context.WithoutCancel(ctx)
	for scan, err := range source.Scans(ctx) {
		if err != nil {
			return fmt.Errorf("reading from %s: %w", source.Name(), err)
		}
		given, err := s.Take(keep, scan)
		if errors.Is(err, station.ErrNoReception) { // a command closed it
			last, _ := s.Current() // perhaps another customer's than at the start
			if last.ID != "" {
				work = last.Work
			}
			if _, err = s.Open(keep, work); err == nil {
				given, err = s.Take(keep, scan)
			}
		}
		for _, v := range given {
			if err := p.verdict(v, asJSON); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		p.remark(p.words().Say("cli.scan.open"))
		return nil
	}
	return s.Close(keep)
}

func (p *program) verdict(v queue.Verdict, asJSON bool) error {
	if asJSON {
		return p.object(verdictJSON(v))
	}
	return p.line(p.words().Verdict(v).String())
}

// uploadBeside runs the uploader while scans are taken; scan never waits for
// it. stop ends it and waits until it has ended.
func (p *program) uploadBeside(ctx context.Context, cfg config.Config, wanted bool) (stop func() error) {
	if !wanted {
		return func() error { return nil }
	}
	u, err := p.uploader(cfg)
	if err != nil {
		// What is scanned is kept whatever becomes of the upload.
		fmt.Fprintln(p.err, "pkidctl:", p.words().Say("cli.scan.no-upload", "Why", p.words().Error(err))) //nolint:errcheck // a warning
		return func() error { return nil }
	}
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	var ended error
	running.Go(func() { ended = u.Run(ctx) })
	return func() error {
		cancel()
		running.Wait()
		if ended != nil && !stopped(ctx, ended) {
			return ended
		}
		return lastPass(context.WithoutCancel(ctx), u)
	}
}

// lastPass sends what went due when the reception closed, without waiting for
// a network that is not there; the rest is the next upload's.
func lastPass(ctx context.Context, u *upload.Uploader) error {
	const patience = 2 * time.Second
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := u.Pass(ctx)
	if errors.Is(err, upload.ErrNoContact) || stopped(ctx, err) {
		return nil
	}
	return err
}
