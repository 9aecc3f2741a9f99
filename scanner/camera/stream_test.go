package camera_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"pkidstation/scanner/camera"
)

const mjpeg = "multipart/x-mixed-replace; boundary=frame"

// serve starts a camera on loopback.
func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL + "/video"
}

func part(w io.Writer, content []byte) {
	_, _ = fmt.Fprintf(w, "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n", len(content), content)
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
}

// TestStreamPlays gives a frame before the next one begins, and marks the
// label that stays.
func TestStreamPlays(t *testing.T) {
	t.Parallel()
	picture, taken := asJPEG(t, label(t, "AB-12")), make(chan struct{})
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", mjpeg)
		for range 3 {
			part(w, picture)
			select {
			case <-taken:
			case <-r.Context().Done():
				return
			}
		}
		_, _ = io.WriteString(w, "--frame--\r\n")
	})
	var got []string
	source := open(t, strings.Replace(address, "http://", "http://operator:secret@", 1)+"?password=secret", camera.Options{})
	for s, err := range source.Scans(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, told(s))
		taken <- struct{}{}
	}
	if want := "1/1 AB-12 2/1 AB-12* 3/1 AB-12*"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if source.Name() != "camera:"+address {
		t.Errorf("name %q", source.Name())
	}
}

// TestStreamNewestWins lets frames pass while nobody takes them.
func TestStreamNewestWins(t *testing.T) {
	t.Parallel()
	first, old, last := asJPEG(t, label(t, "FIRST")), asJPEG(t, label(t, "OLD-1")), asJPEG(t, label(t, "LAST-1"))
	looked, sent := make(chan struct{}), make(chan struct{})
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", mjpeg)
		part(w, first)
		<-looked
		for range 20 {
			part(w, old)
		}
		part(w, last)
		close(sent)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	frames := uint64(0)
	watch := func(f camera.Frame) {
		if frames = f.Number; f.Number == 1 {
			close(looked)
			<-sent
		}
	}
	for s, err := range open(t, address, camera.Options{Watch: watch}).Scans(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		if s.Text == "LAST-1" {
			cancel()
		}
	}
	if frames > 15 {
		t.Errorf("%d of 22 frames were decoded", frames)
	}
}

// TestStreamHostile ends with a word for each thing that a camera, or what
// poses as one, can do.
func TestStreamHostile(t *testing.T) {
	t.Parallel()
	zeros := strings.Repeat("\x00", 1<<16)
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		want    error
	}{
		"a web page": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }, camera.ErrNotMJPEG},
		"not found":  {http.NotFound, camera.ErrNotMJPEG},
		"another host": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://localhost:1/", http.StatusFound)
		}, camera.ErrRedirect},
		"no boundary": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "multipart/x-mixed-replace")
		}, camera.ErrNotMJPEG},
		"an endless part": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mjpeg)
			_, err := io.WriteString(w, "--frame\r\n\r\n")
			for err == nil {
				_, err = io.WriteString(w, zeros)
			}
		}, camera.ErrTooLarge},
		"a length of 1 GB": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mjpeg)
			_, _ = io.WriteString(w, "--frame\r\nContent-Length: 1000000000\r\n\r\n")
		}, camera.ErrTooLarge},
		"an endless header": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mjpeg)
			_, err := io.WriteString(w, "--frame\r\n")
			for err == nil {
				_, err = io.WriteString(w, "X: "+strings.Repeat("y", 1<<16)+"\r\n")
			}
		}, camera.ErrBroken},
		"cut in a frame": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mjpeg)
			_, _ = io.WriteString(w, "--frame\r\nContent-Length: 100\r\n\r\n\xff\xd8")
		}, camera.ErrBroken},
		"a huge picture": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mjpeg)
			part(w, header(60000, 60000))
		}, camera.ErrTooLarge},
		"only damage": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mjpeg)
			for range 100 {
				part(w, []byte("\xff\xd8 no picture"))
			}
		}, camera.ErrBroken},
		"silence": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", mjpeg)
			_, _ = io.WriteString(w, "--frame\r\n")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, camera.ErrStalled},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stall := camera.DefaultStall
			if errors.Is(c.want, camera.ErrStalled) {
				stall = 100 * time.Millisecond
			}
			got, err := play(t.Context(), open(t, serve(t, c.handler), camera.Options{Stall: stall}))
			if len(got) > 0 || !errors.Is(err, c.want) {
				t.Errorf("%q, error %v, want %v", got, err, c.want)
			}
		})
	}
}

// TestStreamDashes reads a camera that announces its boundary with the dashes
// of its lines.
func TestStreamDashes(t *testing.T) {
	t.Parallel()
	picture := asJPEG(t, label(t, "AB-12"))
	address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "multipart/x-mixed-replace; boundary=--frame")
		part(w, picture)
		_, _ = io.WriteString(w, "--frame--\r\n")
	})
	if got, err := play(t.Context(), open(t, address, camera.Options{})); err != nil || len(got) != 1 {
		t.Errorf("%q, error %v", got, err)
	}
}

// TestStreamStopsSoon cancels a silent camera and looks for what is left
// running.
//
//nolint:paralleltest // what is left running could be another test's.
func TestStreamStopsSoon(t *testing.T) {
	connected := make(chan struct{})
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", mjpeg)
		part(w, asJPEG(t, label(t)))
		close(connected)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	source := open(t, address, camera.Options{})
	var stopped time.Time
	go func() {
		<-connected
		stopped = time.Now()
		cancel()
	}()
	if got, err := play(ctx, source); err != nil || len(got) > 0 {
		t.Errorf("%q, error %v", got, err)
	}
	if took := time.Since(stopped); took > 500*time.Millisecond {
		t.Errorf("it ended after %v", took)
	}
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		if strings.Contains(stack, "camera.receive") || strings.Contains(stack, "camera.live") {
			t.Errorf("left running:\n%s", stack)
		}
	}
}
