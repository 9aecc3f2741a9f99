package ui

import (
	"context"
	"time"
)

// Cameras are the camera that the station reads from, and any other to try.
type Cameras interface {
	// Camera is how the station's own camera is; it answers at once.
	Camera() Camera
	// Watch gives a channel that receives (coalesced) after changes, such as each frame.
	Watch() (changed <-chan struct{}, stop func())
	// Try plays a camera's address, a picture, a film or a folder, and keeps nothing
	// of it: each frame is told to on, one at a time, which must not wait. It ends
	// with its context, after a while, or where there is no more to play.
	Try(ctx context.Context, address string, on func(Camera)) error
	// Locals are the cameras of this PC; it may wait for their drivers.
	Locals(ctx context.Context) ([]LocalCamera, error)
	// Shown is an address as it may be shown: without a password.
	Shown(address string) string
}

// A LocalCamera is one that is plugged into this PC: by its name it can be tried and
// used.
type LocalCamera struct {
	Name string
	// Mode is how its pictures come, such as "MJPG 1920x1080 30/s".
	Mode string
	// Err is why it cannot be used.
	Err error
}

// A CameraSetting has the station read from another camera.
type CameraSetting interface {
	// UseCamera keeps an address for each start from the next on.
	UseCamera(ctx context.Context, address string) error
}

// A Camera is how a camera is.
type Camera struct {
	// Address is fit for a screen; empty where there is no camera.
	Address string
	Kind    CameraKind
	// LastAt is when the last frame came, zero for none yet; PerSecond how many come.
	LastAt    time.Time
	PerSecond float64
	// Err is why it stopped, nil while it plays; RetryAt when it is tried again.
	Err     error
	RetryAt time.Time
	// Codes are what was found on the last frames, the newest first.
	Codes []CameraCode
	// Decoding is how long looking for the codes of a frame took.
	Decoding Pace
	Preview  *Preview
}

// A CameraKind is what a camera's address is.
type CameraKind string

// The kinds of addresses.
const (
	CameraLocal   CameraKind = "local"
	CameraStream  CameraKind = "stream"
	CameraFolder  CameraKind = "folder"
	CameraFilm    CameraKind = "film"
	CameraPicture CameraKind = "picture"
)

// A CameraCode is a code on a frame: scanner/label's word for it, and what it says,
// empty for a product key.
type CameraCode struct{ Kind, Text string }
