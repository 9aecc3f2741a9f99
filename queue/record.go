package queue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"sync"
	"sync/atomic"
)

// recordVersion is the version of the records written now: since version 2 with
// a checksum, which is held against the value at every read. A record of a higher
// version is refused, never guessed at. In queue.db it is packed: see pack.
const recordVersion = 2

// record is how everything is kept: a version and a checksum before the value,
// the CRC-32C of the value's bytes in eight hex digits.
type record struct {
	Version int             `json:"v"`
	Sum     string          `json:"sum"`
	Value   json.RawMessage `json:"value"`
}

// errSum is that a record is not what was written.
var errSum = errors.New("its checksum does not fit")

func encode[T any](value T) ([]byte, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encoding a record: %w", err)
	}
	return append(append([]byte(head+sumOf(data)+midst), data...), '}'), nil
}

func decode[T any](data []byte) (value T, err error) {
	err = decodeTo(data, &value)
	return value, err
}

// decodeTo is decode where there is a place for the value, which is zero.
func decodeTo[T any](data []byte, value *T) error {
	if len(data) > 0 && data[0] == packedVersion {
		return decodePacked(data, value)
	}
	if sound, ok := sealed(data); ok { // as nearly all are; no need to look for its value
		return readValue(sound, value)
	}
	var r record
	if err := json.Unmarshal(data, &r); err != nil {
		return fmt.Errorf("decoding a record: %w", err)
	}
	switch {
	case r.Version > recordVersion:
		return fmt.Errorf("record version %d: %w", r.Version, ErrNewer)
	case r.Version < 1, r.Value == nil:
		return fmt.Errorf("decoding a record: %w", errBadChange)
	case r.Version > 1 && r.Sum != sumOf(r.Value):
		return errSum
	}
	return readValue(r.Value, value)
}

// texts are buffers for the text of packed records: nothing of it is kept.
var texts = sync.Pool{New: func() any { return new([]byte) }} //nolint:gochecknoglobals // empty buffers

func decodePacked(data []byte, value any) error {
	room := texts.Get().(*[]byte) //nolint:forcetypeassert // nothing else is in it
	defer texts.Put(room)
	text, sum, err := unpacked((*room)[:0], data)
	if err != nil {
		return err
	}
	if cap(text) <= 1<<16 { // a long one is rare, and its room is not kept
		*room = text
	}
	if crc32.Checksum(text, castagnoli) != sum {
		return errSum
	}
	return readValue(text, value)
}

// A lastDecoded is the record of a kind that was decoded last, as it stands in the
// file, without names. The same bytes mean the same again: they were held against
// their checksum, and so are those that are read now.
type lastDecoded[T any] struct{ record atomic.Pointer[decoded[T]] }

type decoded[T any] struct {
	data  []byte
	value T
}

func (l *lastDecoded[T]) decodeTo(data []byte, value *T) error {
	if last := l.record.Load(); last != nil && bytes.Equal(last.data, data) {
		*value = last.value
		return nil
	}
	err := decodeTo(data, value)
	if err == nil {
		l.record.Store(&decoded[T]{bytes.Clone(data), *value})
	}
	return err
}

// unframe gives the bytes of a record's value. It takes only what encode writes,
// or what the first version wrote: not what means the same.
func unframe(data []byte) ([]byte, error) {
	const first = `{"v":1,"value":`
	if value, ok := bytes.CutPrefix(data, []byte(first)); ok && bytes.HasSuffix(value, []byte("}")) {
		return value[:len(value)-1], nil
	}
	if len(data) > 0 && data[0] == packedVersion {
		text, err := asText(data)
		if err != nil || !bytes.Equal(pack(text), data) {
			return nil, errSum
		}
		data = text
	}
	value, sound := sealed(data)
	if value == nil {
		return nil, errBadChange
	}
	if !sound {
		return nil, errSum
	}
	return value, nil
}

func sumOf(data []byte) string {
	return fmt.Sprintf("%08x", crc32.Checksum(data, castagnoli))
}

// valid is the text as a record gives it back: JSON keeps no broken UTF-8, and
// an index key or a hash made of the text before would not fit the one after.
func valid(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

func get[T any](tx *transaction, bucket string, key []byte, missing error) (T, error) {
	return getBy(tx, bucket, key, func() error { return missing }, decodeTo[T])
}

// getBy is get where every capture passes: the error is made when it is needed, and
// the decoder may know the record already.
func getBy[T any](tx *transaction, bucket string, key []byte, missing func() error, decodeTo func([]byte, *T) error) (value T, err error) {
	data := in(tx, bucket).Get(key)
	if data == nil {
		return value, missing()
	}
	err = decodeTo(data, &value)
	if err == nil {
		err = heldAgainst(key, &value)
	}
	if err != nil {
		return value, corruptError(bucket, key, err)
	}
	return value, nameActors(tx, &value)
}

func put[T any](tx *transaction, bucket string, key []byte, value T) error {
	if err := numberActors(tx, &value); err != nil {
		return err
	}
	data, err := encode(value)
	if err != nil {
		return err
	}
	packed := pack(data)
	if err := in(tx, bucket).Put(key, packed); err != nil {
		return fmt.Errorf("keeping a %s record: %w", bucket, err)
	}
	if len(data) > longRecord {
		data = packed
	}
	tx.note(bucket, key, data)
	return nil
}

// longRecord is from how many bytes on a record waits for the journal packed, as it
// is in queue.db anyway: of a supplier's list there are thousands in one change.
const longRecord = 2048

// drop takes a record away.
func drop(tx *transaction, bucket string, key []byte) error {
	if err := in(tx, bucket).Delete(key); err != nil {
		return fmt.Errorf("dropping a %s record: %w", bucket, err)
	}
	tx.note(bucket, key, nil)
	return nil
}
