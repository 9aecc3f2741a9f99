package v4l2

import "unsafe"

// What linux/videodev2.h calls V4L2_…, for 64-bit machines; a test holds all of it
// against the system's header.
const (
	bufferTypeCapture = 1
	memoryMapped      = 1
	fieldAny          = 0

	capCapture    = 0x1
	capStreaming  = 0x04000000
	capDeviceCaps = 0x80000000

	flagError = 0x40

	discrete = 1 // of frame sizes and of frame intervals
)

// capability is struct v4l2_capability.
type capability struct {
	driver       [16]byte
	card         [32]byte
	bus          [32]byte
	version      uint32
	capabilities uint32
	deviceCaps   uint32
	_            [3]uint32
}

// description is struct v4l2_fmtdesc.
type description struct {
	index  uint32
	kind   uint32
	flags  uint32
	text   [32]byte
	format FourCC
	_      [4]uint32
}

// size is struct v4l2_frmsizeenum. Its limits are width and height, or, where
// kind is not discrete, least, most and step of each.
type size struct {
	index  uint32
	format FourCC
	kind   uint32
	limits [6]uint32
	_      [2]uint32
}

// interval is struct v4l2_frmivalenum. Its limits are seconds as a fraction, or,
// where kind is not discrete, least, most and step of them.
type interval struct {
	index  uint32
	format FourCC
	width  uint32
	height uint32
	kind   uint32
	limits [6]uint32
	_      [2]uint32
}

// format is struct v4l2_format with struct v4l2_pix_format in it.
type format struct {
	kind uint32
	_    uint32
	pixels
	_ [152]byte
}

type pixels struct {
	width, height uint32
	format        FourCC
	field         uint32
	stride        uint32
	length        uint32
	_             [6]uint32
}

// request is struct v4l2_requestbuffers.
type request struct {
	count, kind, memory uint32
	_                   [2]uint32
}

// buffer is struct v4l2_buffer.
type buffer struct {
	index, kind, used, flags, field uint32
	_                               uint32
	time                            [2]int64
	_                               [4]uint32 // the time code
	sequence, memory                uint32
	offset                          uint32 // of a union of 8 bytes
	_                               uint32
	length                          uint32
	_                               [3]uint32
}

// rate is struct v4l2_streamparm with struct v4l2_captureparm in it.
type rate struct {
	kind             uint32
	_                [2]uint32
	seconds, divisor uint32 // of one frame, as a fraction
	_                [46]uint32
}

// The directions of a request, seen from the program.
const (
	writes = 1
	reads  = 2
)

// The requests, VIDIOC_….
const (
	askCapability = reads<<30 | unsafe.Sizeof(capability{})<<16 | 'V'<<8
	askFormat     = (reads|writes)<<30 | unsafe.Sizeof(description{})<<16 | 'V'<<8 | 2
	setFormat     = (reads|writes)<<30 | unsafe.Sizeof(format{})<<16 | 'V'<<8 | 5
	askBuffers    = (reads|writes)<<30 | unsafe.Sizeof(request{})<<16 | 'V'<<8 | 8
	askBuffer     = (reads|writes)<<30 | unsafe.Sizeof(buffer{})<<16 | 'V'<<8 | 9
	queueBuffer   = (reads|writes)<<30 | unsafe.Sizeof(buffer{})<<16 | 'V'<<8 | 15
	takeBuffer    = (reads|writes)<<30 | unsafe.Sizeof(buffer{})<<16 | 'V'<<8 | 17
	streamOn      = writes<<30 | unsafe.Sizeof(uint32(0))<<16 | 'V'<<8 | 18
	streamOff     = writes<<30 | unsafe.Sizeof(uint32(0))<<16 | 'V'<<8 | 19
	setRate       = (reads|writes)<<30 | unsafe.Sizeof(rate{})<<16 | 'V'<<8 | 22
	askSize       = (reads|writes)<<30 | unsafe.Sizeof(size{})<<16 | 'V'<<8 | 74
	askInterval   = (reads|writes)<<30 | unsafe.Sizeof(interval{})<<16 | 'V'<<8 | 75
)
