package camera

import (
	"context"
	"errors"
	"fmt"
	"image"
	"time"

	"pkidstation/scanner"
	"pkidstation/scanner/camera/v4l2"
)

// pace is the least time between two pictures that are looked at: some fifteen a
// second. A camera is asked for thirty, because with fewer it exposes longer and
// smears what moves; the others are not decoded.
const pace = 60 * time.Millisecond

// A Local is a camera that is plugged into this machine.
type Local struct {
	// Name is what it calls itself, and what finds it again wherever it is plugged in.
	// Path is another name of it, which lasts where udev gives one.
	Name, Path string
	// Mode is how its pictures would come, such as "MJPG 1920x1080 30/s"; Modes is all
	// that it can.
	Mode  string
	Modes []string
	// Err is why it cannot be used.
	Err error
}

// Locals lists the cameras of a system. Where there can be none it is ErrUnsupported.
func Locals(system v4l2.System) ([]Local, error) {
	found, err := system.Cameras()
	if err != nil {
		return nil, err
	}
	all := make([]Local, 0, len(found))
	for _, c := range found {
		l := Local{Name: c.Name, Path: c.Path, Err: c.Err}
		if best, usable := v4l2.Best(c.Modes); usable {
			l.Mode = best.String()
		}
		for _, m := range c.Modes {
			l.Modes = append(l.Modes, m.String())
		}
		all = append(all, l)
	}
	return all, nil
}

// local has the camera play a local one, which must be there.
func (c *camera) local(name string) (scanner.Source, error) {
	if _, err := c.opts.System.Find(name); err != nil {
		return nil, err
	}
	c.grab = c.live(func(ctx context.Context, give func(image.Image)) error { return stream(ctx, c.opts.System, name, give) })
	return c, nil
}

// stream finds the camera anew, wherever it is plugged in now, and gives its pictures.
func stream(ctx context.Context, system v4l2.System, name string, give func(image.Image)) (err error) {
	found, err := system.Find(name)
	if err != nil {
		return err
	}
	device, err := system.Open(found.Node)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, device.Close()) }()
	if _, err := device.Start(); err != nil {
		return err
	}
	var last time.Time
	damaged := 0
	for frame, err := range device.Frames(ctx) {
		if err != nil {
			return err
		}
		if now := time.Now(); now.Sub(last) >= pace {
			img, err := pictureOf(ctx, frame)
			switch {
			case err == nil:
				damaged, last = 0, now
				give(img)
			case errors.Is(err, ErrTooLarge):
				return err
			default:
				damaged++
			}
		}
		if damaged > maxDamaged {
			return fmt.Errorf("%w: %d damaged pictures in a row", ErrDriver, damaged)
		}
	}
	return ctx.Err()
}

// pictureOf is a frame's picture, which is no longer the driver's.
func pictureOf(ctx context.Context, f v4l2.Frame) (image.Image, error) {
	if f.Format.Compressed() {
		return decodeLive(ctx, f.Data)
	}
	return f.Image()
}
