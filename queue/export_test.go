package queue

// Encode and Decode are the record format, for its golden.
func Encode(e Entry) ([]byte, error) { return encode(e) }

// Decode reads what Encode wrote.
func Decode(data []byte) (Entry, error) { return decode[Entry](data) }

// EncodeRecord and DecodeRecord are the format of every kind of record.
func EncodeRecord[T any](value T) ([]byte, error) { return encode(value) }

// DecodeRecord reads what EncodeRecord wrote.
func DecodeRecord[T any](data []byte) (T, error) { return decode[T](data) }

// Place gives a fresh file its name.
func Place(fresh, path string) error { return place(fresh, path) }
