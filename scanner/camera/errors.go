package camera

import (
	"errors"
	"fmt"
)

// What can be wrong with a camera or a picture. Each comes wrapped with the
// details.
var (
	// ErrNoCamera: cameras by name are not built in yet.
	ErrNoCamera = errors.New("cameras by name are not built in yet: give an http(s) MJPEG address, a picture, a folder or a Y4M file")
	// ErrUnreadable: what is there is no picture or video that is known here.
	ErrUnreadable = errors.New("not a picture that can be read")
	// ErrTooLarge: a picture or part of a stream is over the limit.
	ErrTooLarge = errors.New("too large")
	// ErrBroken: a video or stream ended, or was damaged, within a frame.
	ErrBroken = errors.New("the video is broken off")
	// ErrNotMJPEG: the address answers, but not with MJPEG.
	ErrNotMJPEG = errors.New("the address does not send MJPEG")
	// ErrRedirect: the address leads to another host.
	ErrRedirect = errors.New("the address leads to another host")
	// ErrStalled: the camera gave no whole picture for Options.Stall.
	ErrStalled = errors.New("the camera sends nothing")
)

// A FileError is a picture or video file that cannot be played. Its Err is
// ErrUnreadable, ErrTooLarge, ErrBroken or what the file system said.
type FileError struct {
	File string
	Err  error
}

func (e *FileError) Error() string { return fmt.Sprintf("reading %s: %v", e.File, e.Err) }

// Unwrap gives Err.
func (e *FileError) Unwrap() error { return e.Err }
