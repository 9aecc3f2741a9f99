//go:build linux && (amd64 || arm64 || riscv64 || loong64)

package v4l2

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"
)

// header is what this package believes of linux/videodev2.h, by the expressions
// that C has for it.
func header() map[string]uintptr {
	return map[string]uintptr{
		"sizeof(struct v4l2_capability)": unsafe.Sizeof(capability{}), "sizeof(struct v4l2_fmtdesc)": unsafe.Sizeof(description{}),
		"sizeof(struct v4l2_frmsizeenum)": unsafe.Sizeof(size{}), "sizeof(struct v4l2_frmivalenum)": unsafe.Sizeof(interval{}),
		"sizeof(struct v4l2_format)": unsafe.Sizeof(format{}), "sizeof(struct v4l2_pix_format)": unsafe.Sizeof(pixels{}),
		"sizeof(struct v4l2_requestbuffers)": unsafe.Sizeof(request{}), "sizeof(struct v4l2_buffer)": unsafe.Sizeof(buffer{}),
		"sizeof(struct v4l2_streamparm)": unsafe.Sizeof(rate{}),

		"offsetof(struct v4l2_capability, card)": unsafe.Offsetof(capability{}.card), "offsetof(struct v4l2_capability, bus_info)": unsafe.Offsetof(capability{}.bus),
		"offsetof(struct v4l2_capability, capabilities)": unsafe.Offsetof(capability{}.capabilities), "offsetof(struct v4l2_capability, device_caps)": unsafe.Offsetof(capability{}.deviceCaps),
		"offsetof(struct v4l2_fmtdesc, type)": unsafe.Offsetof(description{}.kind), "offsetof(struct v4l2_fmtdesc, pixelformat)": unsafe.Offsetof(description{}.format),
		"offsetof(struct v4l2_frmsizeenum, type)": unsafe.Offsetof(size{}.kind), "offsetof(struct v4l2_frmsizeenum, discrete)": unsafe.Offsetof(size{}.limits),
		"offsetof(struct v4l2_frmivalenum, type)": unsafe.Offsetof(interval{}.kind), "offsetof(struct v4l2_frmivalenum, discrete)": unsafe.Offsetof(interval{}.limits),
		"offsetof(struct v4l2_format, fmt)": unsafe.Offsetof(format{}.pixels), "offsetof(struct v4l2_pix_format, pixelformat)": unsafe.Offsetof(pixels{}.format),
		"offsetof(struct v4l2_pix_format, bytesperline)": unsafe.Offsetof(pixels{}.stride), "offsetof(struct v4l2_pix_format, sizeimage)": unsafe.Offsetof(pixels{}.length),
		"offsetof(struct v4l2_requestbuffers, memory)": unsafe.Offsetof(request{}.memory),
		"offsetof(struct v4l2_buffer, bytesused)":      unsafe.Offsetof(buffer{}.used), "offsetof(struct v4l2_buffer, flags)": unsafe.Offsetof(buffer{}.flags),
		"offsetof(struct v4l2_buffer, timestamp)": unsafe.Offsetof(buffer{}.time), "offsetof(struct v4l2_buffer, sequence)": unsafe.Offsetof(buffer{}.sequence),
		"offsetof(struct v4l2_buffer, memory)": unsafe.Offsetof(buffer{}.memory), "offsetof(struct v4l2_buffer, m)": unsafe.Offsetof(buffer{}.offset),
		"offsetof(struct v4l2_buffer, length)":                          unsafe.Offsetof(buffer{}.length),
		"offsetof(struct v4l2_streamparm, parm.capture.timeperframe)":   unsafe.Offsetof(rate{}.seconds),
		"offsetof(struct v4l2_frmsizeenum, stepwise.max_width)":         unsafe.Offsetof(size{}.limits) + 4,
		"offsetof(struct v4l2_frmsizeenum, stepwise.min_height)":        unsafe.Offsetof(size{}.limits) + 12,
		"offsetof(struct v4l2_frmivalenum, discrete.denominator)":       unsafe.Offsetof(interval{}.limits) + 4,
		"offsetof(struct v4l2_frmivalenum, stepwise.min.denominator)":   unsafe.Offsetof(interval{}.limits) + 4,
		"offsetof(struct v4l2_streamparm, parm.capture.timeperframe)+4": unsafe.Offsetof(rate{}.divisor),
		"VIDIOC_QUERYCAP": askCapability, "VIDIOC_ENUM_FMT": askFormat, "VIDIOC_S_FMT": setFormat, "VIDIOC_REQBUFS": askBuffers,
		"VIDIOC_QUERYBUF": askBuffer, "VIDIOC_QBUF": queueBuffer, "VIDIOC_DQBUF": takeBuffer, "VIDIOC_STREAMON": streamOn,
		"VIDIOC_STREAMOFF": streamOff, "VIDIOC_S_PARM": setRate, "VIDIOC_ENUM_FRAMESIZES": askSize, "VIDIOC_ENUM_FRAMEINTERVALS": askInterval,
		"V4L2_BUF_TYPE_VIDEO_CAPTURE": bufferTypeCapture, "V4L2_MEMORY_MMAP": memoryMapped, "V4L2_FIELD_ANY": fieldAny,
		"V4L2_CAP_VIDEO_CAPTURE": capCapture, "V4L2_CAP_STREAMING": capStreaming, "V4L2_CAP_DEVICE_CAPS": capDeviceCaps,
		"V4L2_BUF_FLAG_ERROR": flagError, "V4L2_FRMSIZE_TYPE_DISCRETE": discrete, "V4L2_FRMIVAL_TYPE_DISCRETE": discrete,
		"V4L2_PIX_FMT_MJPEG": uintptr(MJPG), "V4L2_PIX_FMT_JPEG": uintptr(JPEG), "V4L2_PIX_FMT_YUYV": uintptr(YUYV), "V4L2_PIX_FMT_UYVY": uintptr(UYVY),
		"V4L2_PIX_FMT_GREY": uintptr(GREY), "V4L2_PIX_FMT_NV12": uintptr(NV12), "V4L2_PIX_FMT_YUV420": uintptr(YU12),
	}
}

// TestHeader has the C compiler say what the system's header has, where there are
// both.
func TestHeader(t *testing.T) {
	t.Parallel()
	cc, err := exec.LookPath("cc")
	if _, missing := os.Stat("/usr/include/linux/videodev2.h"); err != nil || missing != nil {
		t.Skip("no C compiler, or no linux/videodev2.h")
	}
	var program strings.Builder
	program.WriteString("#include <stdio.h>\n#include <stddef.h>\n#include <linux/videodev2.h>\nint main(void) {\n")
	for of := range header() {
		fmt.Fprintf(&program, "printf(\"%%s=%%lu\\n\", %q, (unsigned long)(%s));\n", of, of)
	}
	program.WriteString("return 0; }\n")
	source, binary := filepath.Join(t.TempDir(), "header.c"), filepath.Join(t.TempDir(), "header")
	if err := os.WriteFile(source, []byte(program.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), cc, "-o", binary, source).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.CommandContext(t.Context(), binary).Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		of, says, _ := strings.Cut(strings.TrimSpace(line), "=")
		seen++
		if want := fmt.Sprint(header()[of]); says != want {
			t.Errorf("%s is %s, here %s", of, says, want)
		}
	}
	if seen != len(header()) {
		t.Errorf("%d of %d were said", seen, len(header()))
	}
}
