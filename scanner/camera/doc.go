// Package camera gives the barcodes that a camera sees, as a scanner.Source.
// Its cameras: a picture (PNG, JPEG, PGM), a folder of pictures, a Y4M video, a
// camera that sends MJPEG over HTTP, and, on Linux, a local camera by its name
// (package v4l2, pure Go).
//
// # Frames
//
// A file is played frame by frame as fast as it decodes. From a live stream
// the newest frame wins: what arrives while a frame is decoded replaces what
// waited. Each code of a frame is one scan with Frame, Of and Corners; a frame
// without codes gives none. Options.Watch sees every frame that was looked at,
// Options.Arrived every picture of a live camera as it comes: that is what a
// preview is made of.
//
//	receiver ──▶ Arrived (preview)
//	   │
//	   └──▶ newest picture ──▶ decoding, in the taker's goroutine ──▶ Watch, scans
//
// # The forget window
//
// A label held before a camera is on many frames. A code that the camera gave
// less than Options.Forget ago is marked Repeat, and the window starts anew.
// In a video the time is the video's own, in a live stream that of arrival. A
// picture is a box of its own: in a folder nothing is a Repeat across files.
// The same text printed twice on one frame is a Repeat the second time. A Repeat is
// a label that is still held there; a box that comes again after the window is a new
// read, and whoever keeps boxes says that it was seen.
//
// # What is told
//
// A picture and those of a folder are read each for itself. The frames of a video
// and of a live stream go through a [vision.Tracker]: a code whose reading proves
// little (few lines, restored from a blur, a weak check digit or none) is a scan
// from the second frame on that shows it at its place; what was read is held
// against each next frame rather than read anew; and a code is a scan of a frame
// only where that frame shows it.
//
// # Local cameras
//
// A name is looked for when Scans begins, each time: a camera that was plugged in
// elsewhere is found there. Some fifteen pictures a second are unpacked of the
// thirty that are asked for; the Huffman tables that many cameras leave out of
// their JPEGs are put in. Where a name is a file's, too, it is the file.
//
// On Windows, macOS and 32-bit machines a name is ErrUnsupported. pion/mediadevices,
// which has drivers for the first two, needs cgo and C++ and the whole of WebRTC, gives
// YUY2 alone on Windows, where it is reported to crash, and could be tried on neither.
//
// # Failures
//
// Pictures of more than 50 megapixels, 64 MiB, or 160 MiB of memory (of a live
// camera 16, 16 and 48) are refused before they are decoded, by their header. In a
// folder the readable pictures are played and the faults come last, joined. A Y4M
// file that ends within a frame gives the frames before and then [ErrBroken]. A live
// camera that breaks, stalls, sends too much or is unplugged ends with an error that
// says which; connecting anew is the caller's. A stream follows no redirect to
// another host. A driver that never comes back is left behind after 400 ms; its
// goroutine ends, and gives the camera back, when the driver does.
package camera
