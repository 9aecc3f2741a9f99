package journal

import "os"

// Datasync is what Sync does to a file.
func Datasync(f *os.File) error { return datasync(f) }
