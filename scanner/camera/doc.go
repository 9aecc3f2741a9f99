// Package camera gives the barcodes that a camera sees, as a scanner.Source.
// Its cameras so far: a picture (PNG, JPEG, PGM), a folder of pictures, a Y4M
// video, and a camera that sends MJPEG over HTTP. Cameras by name are not
// built in yet: asking for one is [ErrNoCamera].
//
// # Frames
//
// A file is played frame by frame as fast as it decodes. From a live stream
// the newest frame wins: what arrives while a frame is decoded replaces what
// waited. Each code of a frame is one scan with Frame, Of and Corners; a frame
// without codes gives none. Options.Watch sees every frame.
//
// # The forget window
//
// A label held before a camera is on many frames. A code that the camera gave
// less than Options.Forget ago is marked Repeat, and the window starts anew.
// In a video the time is the video's own, in a live stream that of arrival. A
// picture is a box of its own: in a folder nothing is a Repeat across files.
// The same text printed twice on one frame is a Repeat the second time.
//
// # Failures
//
// Pictures of more than 50 megapixels or 64 MiB are refused before they are
// decoded, by their header. In a folder the readable pictures are played and
// the faults come last, joined. A Y4M file that ends within a frame gives the
// frames before and then [ErrBroken]. A live stream that breaks, stalls or
// sends too much ends with an error that says which; connecting anew is the
// caller's. It follows no redirect to another host.
package camera
