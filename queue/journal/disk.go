package journal

import (
	"io"
	"io/fs"
	"os"
)

// FS is what the journal asks of a file system. Tests put one that fails, or
// that forgets what was not synced, in the place of the disk.
type FS interface {
	// OpenFile opens as os.OpenFile does.
	OpenFile(name string, flag int, perm fs.FileMode) (File, error)
	// ReadDir lists a folder, sorted by name.
	ReadDir(name string) ([]fs.DirEntry, error)
	// Mkdir makes one folder.
	Mkdir(name string, perm fs.FileMode) error
	// Rename puts from in the place of to.
	Rename(from, to string) error
	// Remove removes one file.
	Remove(name string) error
	// SyncFolder makes what was made, renamed and removed in a folder durable.
	SyncFolder(name string) error
}

// File is an open file of an FS.
type File interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	// Stat says how long the file is.
	Stat() (fs.FileInfo, error)
	// Sync makes the file durable, with all that the system knows about it.
	Sync() error
	// Datasync makes durable what is read from the file.
	Datasync() error
}

// disk is the FS of the operating system.
type disk struct{}

func (disk) OpenFile(name string, flag int, perm fs.FileMode) (File, error) {
	f, err := os.OpenFile(name, flag, perm) //nolint:gosec // the data folder is the person's choice
	if err != nil {
		return nil, err
	}
	return diskFile{f}, nil
}

func (disk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (disk) Mkdir(name string, perm fs.FileMode) error  { return os.Mkdir(name, perm) }
func (disk) Rename(from, to string) error               { return os.Rename(from, to) }
func (disk) Remove(name string) error                   { return os.Remove(name) }
func (disk) SyncFolder(name string) error               { return syncFolder(name) }

// diskFile is a file of the operating system.
type diskFile struct{ *os.File }

func (f diskFile) Datasync() error { return datasync(f.File) }
