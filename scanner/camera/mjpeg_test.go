package camera_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"pkidstation/scanner/camera"
)

// says is a camera that sends one answer, whatever is asked.
func says(contentType string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write(body)
	}
}

// TestStreamShapes: the ways in which cameras write a part. Newest wins, so the
// last picture of each must have come through, and the stream ended well.
func TestStreamShapes(t *testing.T) {
	t.Parallel()
	jpeg, png := string(asJPEG(t, label(t, "LAST-1"))), string(asPNG(t, label(t, "LAST-1")))
	length := func(s string) string { return fmt.Sprintf("Content-Length: %d\r\n", len(s)) }
	for name, c := range map[string]struct{ kind, body string }{
		"by the book":                  {mjpeg, "--frame\r\nContent-Type: image/jpeg\r\n" + length(jpeg) + "\r\n" + jpeg + "\r\n--frame--\r\n"},
		"no length":                    {mjpeg, "--frame\r\nContent-Type: image/jpeg\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"no header at all":             {mjpeg, "--frame\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"a length of nonsense":         {mjpeg, "--frame\r\nContent-Length: many\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"a length of 0":                {mjpeg, "--frame\r\nContent-Length: 0\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"a negative length":            {mjpeg, "--frame\r\nContent-Length: -1\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"a preamble":                   {mjpeg, "This is a multipart message.\r\n--frame\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"a blank line before":          {mjpeg, "\r\n--frame\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"a quoted boundary":            {`multipart/x-mixed-replace; boundary="frame"`, "--frame\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"a boundary with marks":        {`multipart/x-mixed-replace; boundary="a=b;c d"`, "--a=b;c d\r\n\r\n" + jpeg + "\r\n--a=b;c d--\r\n"},
		"announced with its dashes":    {"multipart/x-mixed-replace;boundary=--frame", "--frame\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"and sent with them and more":  {"multipart/x-mixed-replace;boundary=--frame", "----frame\r\n\r\n" + jpeg + "\r\n----frame--\r\n"},
		"in capitals":                  {"Multipart/X-Mixed-Replace; Boundary=frame", "--frame\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"PNG for once":                 {mjpeg, "--frame\r\nContent-Type: image/png\r\n\r\n" + png + "\r\n--frame--\r\n"},
		"a charset too":                {mjpeg + "; charset=utf-8", "--frame\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"damage before the good one":   {mjpeg, "--frame\r\n\r\n\xff\xd8damage\r\n--frame\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"an empty part before it":      {mjpeg, "--frame\r\n\r\n\r\n--frame\r\n\r\n" + jpeg + "\r\n--frame--\r\n"},
		"something after the last":     {mjpeg, "--frame\r\n\r\n" + jpeg + "\r\n--frame--\r\nbye"},
		"a picture that has the word":  {mjpeg, "--frame\r\n\r\n" + jpeg + "--frame\r\n--frame--\r\n"},
		"a length shorter than a part": {mjpeg, "--frame\r\n" + length(jpeg) + "\r\n" + jpeg + "more\r\n--frame--\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := play(t.Context(), open(t, serve(t, says(c.kind, []byte(c.body))), camera.Options{}))
			if err != nil || len(got) != 1 || got[0] != "1/1 LAST-1" {
				t.Errorf("%q, error %v", got, err)
			}
		})
	}
}

// TestStreamIsNone: what answers but is no camera is told apart at once.
func TestStreamIsNone(t *testing.T) {
	t.Parallel()
	jpeg := asJPEG(t, label(t, "AB-12"))
	for name, handler := range map[string]http.HandlerFunc{
		"one picture":          says("image/jpeg", jpeg),
		"no type":              says("", jpeg),
		"another multipart":    says("multipart/form-data; boundary=frame", jpeg),
		"an empty boundary":    says(`multipart/x-mixed-replace; boundary=""`, jpeg),
		"a broken type":        says("multipart/x-mixed-replace; boundary", jpeg),
		"a sign-in":            func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) },
		"no content":           func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		"part of the content":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusPartialContent) },
		"the camera is broken": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := strings.Replace(serve(t, handler), "http://", "http://user:secret@", 1) + "?key=secret"
			got, err := play(t.Context(), open(t, address, camera.Options{}))
			if len(got) > 0 || !errors.Is(err, camera.ErrNotMJPEG) {
				t.Errorf("%q, error %v", got, err)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the error tells the password: %v", err)
			}
		})
	}
}

// TestStreamRedirects: on its own host a camera may lead on a few times.
func TestStreamRedirects(t *testing.T) {
	t.Parallel()
	body := []byte("--frame\r\n\r\n" + string(asJPEG(t, label(t, "AB-12"))) + "\r\n--frame--\r\n")
	for hops, want := range map[int]error{1: nil, 3: nil, 4: camera.ErrRedirect, 50: camera.ErrRedirect} {
		address := serve(t, func(w http.ResponseWriter, r *http.Request) {
			at := 0
			_, _ = fmt.Sscanf(r.URL.Query().Get("hop"), "%d", &at)
			if at < hops {
				http.Redirect(w, r, fmt.Sprintf("/video?hop=%d", at+1), http.StatusFound)
				return
			}
			says(mjpeg, body)(w, r)
		})
		got, err := play(t.Context(), open(t, address, camera.Options{}))
		if !errors.Is(err, want) || (want == nil) != (len(got) == 1) {
			t.Errorf("%d redirects: %q, error %v, want %v", hops, got, err, want)
		}
	}
}

// TestStreamUnreachable: nobody there is a word and no address, and a stall is
// told from it.
func TestStreamUnreachable(t *testing.T) {
	t.Parallel()
	gone := open(t, "http://user:secret@127.0.0.1:1/video", camera.Options{Stall: 20 * time.Second})
	if got, err := play(t.Context(), gone); err == nil || len(got) > 0 || strings.Contains(err.Error(), "secret") || errors.Is(err, camera.ErrStalled) {
		t.Errorf("%q, error %v", got, err)
	}
	quiet := make(chan struct{})
	defer close(quiet)
	address := serve(t, func(http.ResponseWriter, *http.Request) { <-quiet })
	if got, err := play(t.Context(), open(t, address, camera.Options{Stall: 50 * time.Millisecond})); !errors.Is(err, camera.ErrStalled) || len(got) > 0 {
		t.Errorf("no answer at all: %q, error %v", got, err)
	}
}

// TestStreamTrickles: bytes that never become a picture are a stall too, and
// pictures, however slow, are none.
func TestStreamTrickles(t *testing.T) {
	t.Parallel()
	picture := asJPEG(t, label(t, "AB-12"))
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", mjpeg)
		part(w, picture)
		_, _ = io.WriteString(w, "--frame\r\nContent-Length: 100000\r\n\r\n")
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				_, _ = w.Write([]byte{0xff})
				_ = http.NewResponseController(w).Flush()
			case <-r.Context().Done():
				return
			}
		}
	})
	got, err := play(t.Context(), open(t, address, camera.Options{Stall: 300 * time.Millisecond}))
	if !errors.Is(err, camera.ErrStalled) || len(got) != 1 || !bytes.Contains([]byte(got[0]), []byte("AB-12")) {
		t.Errorf("%q, error %v", got, err)
	}
}
