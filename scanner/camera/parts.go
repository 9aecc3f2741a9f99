package camera

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"strconv"
	"strings"
)

// parts are the pictures of a multipart/x-mixed-replace answer.
type parts struct{ r *multipart.Reader }

func newParts(contentType string, content io.Reader) (parts, error) {
	kind, param, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "multipart/x-mixed-replace" || param["boundary"] == "" {
		return parts{}, fmt.Errorf("%w: its content type is %.60q", ErrNotMJPEG, contentType)
	}
	body := bufio.NewReader(content)
	return parts{multipart.NewReader(body, boundary(body, param["boundary"]))}, nil
}

// boundary takes the dashes off a boundary that a camera announces with them
// although it sends no others.
func boundary(body *bufio.Reader, announced string) string {
	const dashes = "--"
	for n := 1; n <= len("\r\n")+len(dashes)+len(announced); n++ {
		head, err := body.Peek(n)
		line := strings.TrimLeft(string(head), "\r\n")
		switch {
		case strings.HasPrefix(line, dashes+announced):
			return announced
		case err != nil || !strings.HasPrefix(dashes+announced, line):
			return strings.TrimPrefix(announced, dashes)
		}
	}
	return announced
}

// next reads the next picture; io.EOF where the camera ended the stream.
func (p parts) next() ([]byte, error) {
	part, err := p.r.NextRawPart()
	if err == io.EOF { //nolint:errorlint // a wrapped EOF is a break.
		return nil, io.EOF
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	length, err := strconv.Atoi(part.Header.Get("Content-Length"))
	switch {
	case err != nil || length <= 0: // not said: up to the boundary
		length = maxLiveBytes + 1
	case length > maxLiveBytes:
		return nil, fmt.Errorf("%w: a frame of %d bytes", ErrTooLarge, length)
	}
	content, err := io.ReadAll(io.LimitReader(part, int64(length)))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	case len(content) > maxLiveBytes:
		return nil, fmt.Errorf("%w: a frame of more than %d MiB", ErrTooLarge, maxLiveBytes>>20)
	}
	return content, nil
}
