package camera

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"net/http"
	"net/url"
	"time"

	"pkidstation/scanner"
)

const (
	// connectTime bounds the way to the first byte of the answer.
	connectTime = 10 * time.Second
	// maxRedirects is how often an address may lead on, on its host.
	maxRedirects = 3
	// maxLivePixels, maxLiveBytes and maxLiveMemory bound one frame of a live stream;
	// up to four of them are there at once.
	maxLivePixels, maxLiveBytes, maxLiveMemory = 16_000_000, 16 << 20, 48 << 20
	// maxDamaged is how many damaged frames in a row a live stream may have.
	maxDamaged = 30
)

// openStream prepares a live camera. Its name has no password and no query.
func openStream(address string, opts Options) (scanner.Source, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("%w: not an address", ErrNotMJPEG)
	}
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	c := &camera{name: "camera:" + shown.String(), opts: opts}
	c.grab = c.live(func(ctx context.Context, give func(image.Image)) error { return receiveParts(ctx, u, give) })
	return c, nil
}

func receiveParts(ctx context.Context, u *url.URL, give func(image.Image)) error {
	response, err := get(ctx, u)
	if err != nil {
		return err
	}
	defer response.Body.Close() //nolint:errcheck // it was only read.
	return playParts(ctx, response.Header.Get("Content-Type"), response.Body, give)
}

// playParts gives each picture of an answer; io.EOF where it ends as it should.
func playParts(ctx context.Context, contentType string, body io.Reader, give func(image.Image)) error {
	parts, err := newParts(contentType, body)
	if err != nil {
		return err
	}
	for damaged := 0; damaged <= maxDamaged; {
		part, err := parts.next()
		if err != nil {
			return err
		}
		img, err := decodeLive(ctx, part)
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
		DisableKeepAlives: true, DisableCompression: true, MaxResponseHeaderBytes: 64 << 10,
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
