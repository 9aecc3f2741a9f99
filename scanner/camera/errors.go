package camera

import (
	"errors"
	"fmt"

	"pkidstation/scanner/camera/v4l2"
)

// What can be wrong with a camera or a picture. Each comes wrapped with the
// details.
var (
	// ErrNoCamera: no local camera has this name.
	ErrNoCamera = v4l2.ErrNotFound
	// ErrSeveral: more than one local camera has this name.
	ErrSeveral = v4l2.ErrSeveral
	// ErrUnsupported: local cameras cannot be used on this system, or the address is
	// of no kind that is known.
	ErrUnsupported = v4l2.ErrUnsupported
	// ErrPermission: this account may not use the camera.
	ErrPermission = v4l2.ErrPermission
	// ErrBusy: another program uses the camera.
	ErrBusy = v4l2.ErrBusy
	// ErrBandwidth: the USB port has no room left for the camera's pictures.
	ErrBandwidth = v4l2.ErrBandwidth
	// ErrUseless: the camera gives no pictures in a format that is read.
	ErrUseless = v4l2.ErrUseless
	// ErrUnplugged: the camera went away while it played.
	ErrUnplugged = v4l2.ErrUnplugged
	// ErrDriver: what the camera or its driver says makes no sense.
	ErrDriver = v4l2.ErrBroken
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
