package queue

import (
	"encoding/json"
	"fmt"
	"strings"

	"go.etcd.io/bbolt"
)

// recordVersion is the version of the records written now. A record of a
// higher version is refused, never guessed at.
const recordVersion = 1

// record is how everything is kept: a version beside the value.
type record[T any] struct {
	Version int `json:"v"`
	Value   T   `json:"value"`
}

func encode[T any](value T) ([]byte, error) {
	data, err := json.Marshal(record[T]{Version: recordVersion, Value: value})
	if err != nil {
		return nil, fmt.Errorf("encoding a record: %w", err)
	}
	return data, nil
}

func decode[T any](data []byte) (T, error) {
	var r record[T]
	if err := json.Unmarshal(data, &r); err != nil {
		return r.Value, fmt.Errorf("decoding a record: %w", err)
	}
	if r.Version != recordVersion {
		return r.Value, fmt.Errorf("record version %d: %w", r.Version, ErrNewer)
	}
	return r.Value, nil
}

// valid is the text as a record gives it back: JSON keeps no broken UTF-8, and
// an index key or a hash made of the text before would not fit the one after.
func valid(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

func get[T any](tx *bbolt.Tx, bucket string, key []byte, missing error) (T, error) {
	data := in(tx, bucket).Get(key)
	if data == nil {
		var none T
		return none, missing
	}
	value, err := decode[T](data)
	if err != nil {
		return value, corruptError(bucket, key, err)
	}
	return value, nil
}

func put[T any](tx *bbolt.Tx, bucket string, key []byte, value T) error {
	data, err := encode(value)
	if err != nil {
		return err
	}
	if err := in(tx, bucket).Put(key, data); err != nil {
		return fmt.Errorf("keeping a %s record: %w", bucket, err)
	}
	return nil
}
