// Package v4l2 takes pictures from the local cameras of Linux (Video4Linux2) in
// pure Go: it finds them, says what each can do, and streams from one.
//
// # Why not a library
//
// go4vl v0.5.0 needs cgo, and pkidctl is built without. blackjack/webcam v0.6.1
// (2024) does not, but believes the driver: a buffer index or a length that is out
// of range panics, SetImageFormat gives the size that was asked for in place of the
// one that the driver chose, causes are lost in texts, and the system calls cannot
// be put in for a test. pion/mediadevices takes its Linux driver from there. What is
// needed are twelve ioctls; the structures are checked against the system's
// videodev2.h by a test.
//
// # The seam
//
// All that is asked of the kernel goes through [Kernel], and all that is looked for
// in /dev and /sys through [System.Root]. v4l2test puts a made-up machine there whose
// cameras lie, stall and go away; it fills the structures by the header's offsets
// and not by this package's types.
//
// # Streaming
//
//	open ─▶ capture? ─▶ mode ─▶ S_FMT ─▶ REQBUFS, mmap, QBUF ─▶ STREAMON
//	                                                               │
//	       ┌── poll (100 ms at most) ◀─────────────────────────────┤
//	       └─▶ DQBUF until there is none: the newest is given, all are queued again
//
// What a driver says is checked before it is used: the format and size that it
// chose, the length of its buffers, the index of each and the bytes used of it. A
// frame that is flagged, empty, longer than its buffer or shorter than its size is
// dropped; so many of them in a row are ErrBroken. EIO is what drivers give
// for a frame that was lost on the way, ENODEV what is left of a camera that was
// unplugged.
//
// A frame's bytes belong to the driver and are good until the next one is asked for.
//
// # The mode
//
// The largest picture of at most 1920x1080 of which ten a second come; of those of
// one size one whose pixels need no decoding. What a camera does not tell of its
// rate is believed to be enough.
//
// # Names
//
// A camera's name is what it calls itself (its card). Where two have one name the
// socket is told behind it. By that name it is found again at any socket and under
// any /dev/videoN. udev's links below /dev/v4l and the node itself are names too.
//
// # Not here
//
// Multi-planar devices, formats other than MJPG, YUYV, UYVY, GREY, NV12 and YU12,
// user pointers, controls such as exposure and focus. On 32-bit machines, on
// processors with other ioctl numbers, and on other systems opening is
// ErrUnsupported. No real camera was there to try any of this.
package v4l2
