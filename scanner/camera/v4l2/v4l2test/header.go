package v4l2test

import (
	"encoding/binary"
	"unsafe"
)

// A Request is an ioctl of linux/videodev2.h by its number on 64-bit machines.
type Request uintptr

// The requests that a camera answers.
const (
	QueryCapability Request = 0x80685600
	EnumFormats     Request = 0xc0405602
	SetFormat       Request = 0xc0d05605
	RequestBuffers  Request = 0xc0145608
	QueryBuffer     Request = 0xc0585609
	Queue           Request = 0xc058560f
	Dequeue         Request = 0xc0585611
	StreamOn        Request = 0x40045612
	StreamOff       Request = 0x40045613
	SetRate         Request = 0xc0cc5616
	EnumSizes       Request = 0xc02c564a
	EnumIntervals   Request = 0xc034564b
	// Open and Map are no ioctls, and fail like them.
	Open Request = 1
	Map  Request = 2
)

// A Struct is the bytes that a request's argument points at. Bytes have the
// processor's order, as the kernel's have.
type Struct []byte

// structOf is the argument of a request, whose length is in its number.
func structOf(r Request, arg unsafe.Pointer) Struct {
	return unsafe.Slice((*byte)(arg), int(r>>16&0x3fff))
}

// Uint32 is the number at an offset.
func (s Struct) Uint32(at int) uint32 { return binary.NativeEndian.Uint32(s[at:]) }

// Put puts a number at an offset.
func (s Struct) Put(at int, v uint32) { binary.NativeEndian.PutUint32(s[at:], v) }

// text puts a text, cut off as the kernel cuts it, with its end.
func (s Struct) text(at, length int, text string) { copy(s[at:at+length-1], text) }

// The offsets of what is looked at or filled in.
const (
	capabilityCard, capabilityBus, capabilityAll, capabilityHere = 16, 48, 84, 88

	formatIndex, formatFour = 0, 44

	sizeIndex, sizeFour, sizeKind, sizeWidth, sizeHeight = 0, 4, 8, 12, 16

	intervalIndex, intervalFour, intervalWidth, intervalHeight, intervalKind, intervalSeconds, intervalDivisor = 0, 4, 8, 12, 16, 20, 24

	// What SetFormat has.
	PixelsWidth  = 8
	PixelsHeight = 12
	PixelsFormat = 16
	PixelsStride = 24
	PixelsLength = 28

	// BuffersCount is RequestBuffers'.
	BuffersCount = 0

	// What QueryBuffer, Queue and Dequeue have.
	BufferIndex    = 0
	BufferUsed     = 8
	BufferFlags    = 12
	BufferSequence = 56
	bufferMemory   = 60
	bufferOffset   = 64
	BufferLength   = 72
)
