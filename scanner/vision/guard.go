package vision

import "fmt"

// A panicError is a reader that panicked: a picture made it do so, and the
// picture is then simply not read by that reader.
type panicError struct{ value any }

func (e panicError) Error() string { return fmt.Sprintf("vision: a reader panicked: %v", e.value) }

// guard is the border to gozxing: one call, whose panic is an error.
func guard[T any](call func() (T, error)) (result T, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = panicError{v}
		}
	}()
	return call()
}
