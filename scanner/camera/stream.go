package camera

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"iter"
	"net/http"
	"net/url"
	"sync"
	"time"

	"pkidstation/scanner"
)

const (
	// connectTime bounds the way to the first byte of the answer.
	connectTime = 10 * time.Second
	// maxRedirects is how often an address may lead on, on its host.
	maxRedirects = 3
	// maxLivePixels and maxLiveBytes bound one frame of a live stream.
	maxLivePixels, maxLiveBytes = 16_000_000, 16 << 20
	// maxDamaged is how many damaged frames in a row a live stream may have.
	maxDamaged = 30
)

// openStream prepares a live camera. Its name has no password and no query.
func openStream(address string, opts Options) (scanner.Source, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("%w: not an address", ErrNotMJPEG)
	}
	stall := cmp.Or(opts.Stall, DefaultStall)
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	return &camera{name: "camera:" + shown.String(), opts: opts, grab: func(ctx context.Context) iter.Seq2[shot, error] {
		return live(ctx, u, stall)
	}}, nil
}

// live gives the newest frame each time one is asked for. Its reader runs
// beside it and has ended when live has.
func live(outer context.Context, u *url.URL, stall time.Duration) iter.Seq2[shot, error] {
	return func(yield func(shot, error) bool) {
		ctx, cancel := context.WithCancelCause(outer)
		newest := newLatest()
		var reading sync.WaitGroup
		reading.Go(func() { newest.end(receive(ctx, stop{cancel, stall}, u, newest)) })
		defer reading.Wait()
		defer cancel(nil)
		for {
			s, err := newest.take(outer)
			if errors.Is(err, io.EOF) || outer.Err() != nil {
				return
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

// A stop ends a stream that gave no picture for a while.
type stop struct {
	cancel context.CancelCauseFunc
	after  time.Duration
}

// receive reads the stream until it ends, breaks or stalls.
func receive(ctx context.Context, s stop, u *url.URL, newest *latest) error {
	watchdog := time.AfterFunc(s.after, func() { s.cancel(ErrStalled) })
	defer watchdog.Stop()
	err := receiveParts(ctx, u, func(img image.Image) {
		watchdog.Reset(s.after)
		newest.put(img)
	})
	if cause := context.Cause(ctx); errors.Is(cause, ErrStalled) {
		return cause
	}
	return err
}

func receiveParts(ctx context.Context, u *url.URL, give func(image.Image)) error {
	response, err := get(ctx, u)
	if err != nil {
		return err
	}
	defer response.Body.Close() //nolint:errcheck // it was only read.
	parts, err := newParts(response)
	if err != nil {
		return err
	}
	for damaged := 0; damaged <= maxDamaged; {
		part, err := parts.next()
		if err != nil {
			return err
		}
		img, err := decodePicture(ctx, part, maxLivePixels)
		switch {
		case err == nil:
			damaged = 0
			give(img)
		case errors.Is(err, ErrTooLarge):
			return err
		default:
			damaged++
		}
	}
	return fmt.Errorf("%w: %d damaged frames in a row", ErrBroken, maxDamaged)
}

// get connects. Errors do not repeat the address: it may hold a password.
func get(ctx context.Context, u *url.URL) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("%w: not an address", ErrNotMJPEG)
	}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment, ResponseHeaderTimeout: connectTime, TLSHandshakeTimeout: connectTime,
		DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10,
	}
	client := &http.Client{Transport: transport, CheckRedirect: sameHost}
	response, err := client.Do(request)
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	if err != nil {
		return nil, fmt.Errorf("connecting to the camera: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return nil, errors.Join(fmt.Errorf("%w: it answers %s", ErrNotMJPEG, response.Status), response.Body.Close())
	}
	return response, nil
}

func sameHost(next *http.Request, before []*http.Request) error {
	if next.URL.Host != before[0].URL.Host || next.URL.Scheme != before[0].URL.Scheme || len(before) > maxRedirects {
		return ErrRedirect
	}
	return nil
}
