package partnercenter

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
)

// What an answer may cost. A list of Microsoft's has 100 to 1000 rows of less
// than 5 KiB, so that each bound is far above anything it sends.
const (
	// maxValue is the longest single value, such as one row of a list, in bytes.
	maxValue = 256 << 10
	// maxHeld is the most memory that the rows of one answer may take, in bytes.
	maxHeld = 8 << 20
	// maxWhole is the same for a list that is given whole, over all its pages.
	maxWhole = 128 << 20
	// maxSteps is how many values and names an answer may have, rows counted as
	// one.
	maxSteps = 1_000_000
	// maxDepth is how deeply what nobody asked for may be nested.
	maxDepth = 64
)

// Why a body is not read to its end.
var (
	errDepth    = errors.New("the answer is nested too deeply")
	errTrailing = errors.New("there is more than one value in the answer")
)

// A reading takes an answer in as it comes, value by value, so that what it
// costs is what is kept of it, and never what was sent.
type reading struct {
	*json.Decoder

	from  *rationed
	most  int64
	held  int
	steps int
}

// newReading reads at most that many bytes of body. A byte order mark is
// skipped.
func newReading(body io.Reader, most int64) *reading {
	from := &rationed{from: body, until: min(maxValue, most+1)}
	marked := bufio.NewReader(from)
	if mark, err := marked.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = marked.Discard(len(mark))
	}
	r := &reading{Decoder: json.NewDecoder(marked), from: from, most: most}
	r.UseNumber()
	return r
}

// rationed is a body that gives only as much as the next value may be long.
type rationed struct {
	from        io.Reader
	read, until int64
	// failed is why it broke off, nil at its own end.
	failed error
}

// Read fails with errTooLong when the ration is used up.
func (r *rationed) Read(p []byte) (int, error) {
	left := r.until - r.read
	if left <= 0 {
		r.failed = errTooLong
		return 0, errTooLong
	}
	n, err := r.from.Read(p[:min(int64(len(p)), left)])
	r.read += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		r.failed = err
	}
	return n, err //nolint:wrapcheck // a reader's errors are its own
}

// all decodes the whole body, and says whose fault it is if it is none.
func (r *reading) all(decode func(*reading) error) error {
	err := decode(r)
	if err == nil {
		err = r.end()
	}
	switch {
	case err == nil:
		return nil
	case r.from.failed != nil:
		return r.from.failed
	case errors.Is(err, errTooLong):
		return err
	default:
		return fmt.Errorf("%w: %w", errNotPartnerCenter, err)
	}
}

// end refuses whatever follows the one value.
func (r *reading) end() error {
	_, err := r.token()
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err == nil:
		return errTrailing
	default:
		return err
	}
}

// ration allows one more value.
func (r *reading) ration() { r.from.until = min(r.InputOffset()+maxValue, r.most+1) }

// step is ration for something that counts.
func (r *reading) step() error {
	if r.steps++; r.steps > maxSteps {
		return errTooLong
	}
	r.ration()
	return nil
}

func (r *reading) token() (json.Token, error) {
	if err := r.step(); err != nil {
		return nil, err
	}
	token, err := r.Token()
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	return token, nil
}

func (r *reading) more() bool {
	r.ration()
	return r.More()
}

// value decodes the next value, which must be short.
func (r *reading) value(into any) error {
	if err := r.step(); err != nil {
		return err
	}
	if err := r.Decode(into); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	return nil
}

// object calls member for each name of the object that comes next; member takes
// the value. It is false, without an error, for null.
func (r *reading) object(member func(name string) error) (bool, error) {
	return r.container('{', func() error {
		token, err := r.token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		return member(name)
	})
}

// array calls row before each row of the array that comes next; row takes it.
// It is false, without an error, for null.
func (r *reading) array(row func() error) (bool, error) { return r.container('[', row) }

func (r *reading) container(opening json.Delim, each func() error) (bool, error) {
	token, err := r.token()
	switch {
	case err != nil:
		return false, err
	case token == nil:
		return false, nil
	case token != opening:
		return false, errNoList
	}
	for r.more() {
		if err := each(); err != nil {
			return false, err
		}
	}
	_, err = r.token()
	return true, err
}

// skip passes over the next value.
func (r *reading) skip() error { return r.walk(func(json.Token) {}) }

// walk shows every token of the next value.
func (r *reading) walk(show func(json.Token)) error {
	for depth := 0; ; {
		token, err := r.token()
		if err != nil {
			return err
		}
		show(token)
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth > maxDepth {
			return errDepth
		}
		if depth <= 0 {
			return nil
		}
	}
}

// hold counts a thing that is kept of the answer.
func (r *reading) hold(thing any) error {
	if r.held += weight(reflect.ValueOf(thing)); r.held > maxHeld {
		return errTooLong
	}
	return nil
}

// weight is what a value takes in memory, its texts included.
func weight(v reflect.Value) int { return int(v.Type().Size()) + texts(v) }

// texts is what a value points to.
func texts(v reflect.Value) int {
	total := 0
	switch v.Kind() { //nolint:exhaustive // nothing else in what is kept points anywhere
	case reflect.String:
		total = (v.Len() + 15) &^ 15
	case reflect.Struct:
		for _, field := range v.Fields() {
			total += texts(field)
		}
	case reflect.Slice:
		for i := range v.Len() {
			total += weight(v.Index(i))
		}
	}
	return total
}
