package queue

// Encode and Decode are the record format, for its golden.
func Encode(e Entry) ([]byte, error) { return encode(e) }

// Decode reads what Encode wrote.
func Decode(data []byte) (Entry, error) { return decode[Entry](data) }
