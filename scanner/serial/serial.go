package serial

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"

	"pkidstation/scanner"
)

// chunk is how much of a port is read at once: what a scanner sends for a
// handful of codes.
const chunk = 256

// A Source is the scanner on one serial port.
type Source struct {
	device  string
	baud    int
	opts    Options
	open    func(device string, baud int) (port, error)
	present func(device string) bool
}

// New is the source of the scanner on a device such as "/dev/ttyACM0" or
// "COM3", at a speed of Bauds. The port is opened when the scans are taken.
func New(device string, baud int, opts Options) *Source {
	return &Source{device: device, baud: baud, opts: opts, open: openPort, present: present}
}

// Name is "serial:" and the device as it was given.
func (s *Source) Name() string { return "serial:" + s.device }

// Scans opens the port and gives its scans, as scanner.Source says. The error
// that ends it is an *OpenError or a *LostError.
func (s *Source) Scans(ctx context.Context) iter.Seq2[scanner.Scan, error] {
	return func(yield func(scanner.Scan, error) bool) {
		err := s.take(ctx, func() {}, func(scan scanner.Scan) bool { return yield(scan, nil) })
		if err != nil && ctx.Err() == nil {
			yield(scanner.Scan{}, err)
		}
	}
}

// take opens the port, says so, and gives its scans until the context ends, the
// taker stops (no error then) or the port is lost.
func (s *Source) take(ctx context.Context, opened func(), give func(scanner.Scan) bool) error {
	port, err := s.openWithin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = port.Close() }() // nothing was written that a close could lose
	opened()
	return s.listen(ctx, port, give)
}

// An opening is what became of opening a port.
type opening struct {
	port port
	err  error
}

// openWithin opens the port, or gives up when the context ends.
func (s *Source) openWithin(ctx context.Context) (port, error) {
	done := make(chan opening)
	go func() {
		port, err := s.open(s.device, s.baud)
		select {
		case done <- opening{port, err}:
		case <-ctx.Done():
			if err == nil {
				_ = port.Close() // nobody waits for it any more
			}
		}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case opened := <-done:
		return opened.port, opened.err
	}
}

// listen gives the scans of an open port until the context ends, the taker
// stops (no error then) or the port is lost.
func (s *Source) listen(ctx context.Context, port port, give func(scanner.Scan) bool) error {
	framer, watch := NewFramer(s.opts), idleWatch{device: s.device, port: port}
	buffer := make([]byte, chunk)
	for goOn(ctx, port, framer) {
		reads, pause, err := receive(port, &watch, framer, buffer)
		for _, read := range reads {
			if !give(s.scan(read)) {
				return nil
			}
		}
		if err != nil {
			return &LostError{Device: s.device, Err: err}
		}
		if pause {
			idle(ctx, readTimeout) // as long as a read of an idle port
		}
	}
	return nil
}

// goOn says whether to read the port: not once the context has ended. While nothing is
// half received, silence means nothing: then it waits for as long as it is silent.
func goOn(ctx context.Context, port port, framer *Framer) bool {
	if sleeper, can := port.(sleeper); can && !framer.waiting() {
		sleeper.Await(ctx)
	}
	return ctx.Err() == nil
}

// receive reads the port once. Pause says that it must not be read again at
// once, the error that it is gone.
func receive(port port, watch *idleWatch, framer *Framer, buffer []byte) (reads []Read, pause bool, err error) {
	start := time.Now()
	n, err := port.Read(buffer)
	if n > 0 {
		watch.heard()
		return framer.Feed(buffer[:n]), false, nil // an error comes again with the next read
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	what, err := watch.empty(time.Since(start), framer.pends())
	if err != nil {
		return nil, false, err
	}
	if what == silent {
		return framer.Silence(), false, nil
	}
	return nil, what == hasty, nil
}

func (s *Source) scan(read Read) scanner.Scan {
	aim, text, symbology := scanner.SplitAIM(read.Text)
	return scanner.Scan{
		Text: text, Symbology: symbology, AIM: aim,
		Source: s.Name(), At: time.Now(), Cut: read.Cut, Trace: read.Trace,
	}
}

// idle waits for a while, or until ctx ends.
func idle(ctx context.Context, length time.Duration) {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
