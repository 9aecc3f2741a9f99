package queue

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// pendingFile says that a restored queue is whole and on the disk, and only its
// names are to be changed.
const pendingFile = "restore.pending"

// A pending is what is left to do: New is the folder with the restored queue, Aside
// the one for what is there; both are names in the data folder.
type pending struct {
	New   string `json:"new"`
	Aside string `json:"aside,omitempty"`
}

// sound says whether the names are ours: they lead nowhere else.
func (p pending) sound() bool {
	own := func(name, begin, end string) bool {
		return strings.HasPrefix(name, begin) && strings.HasSuffix(name, end) && name == filepath.Base(name) && filepath.IsLocal(name)
	}
	return own(p.New, restorePrefix, unfinished) && (p.Aside == "" || own(p.Aside, "before-restore-", ""))
}

// write makes it durable.
func (p pending) write(folder string) error {
	data, err := json.Marshal(p)
	if err != nil {
		return err
	}
	path := filepath.Join(folder, pendingFile)
	if err := os.WriteFile(path+".new", data, 0o600); err != nil {
		return err
	}
	return errors.Join(syncFile(path+".new"), os.Rename(path+".new", path), syncFolder(folder))
}

// finishRestore does what is left of a restore, whose lock this process has. Each
// step that was done is passed over.
func finishRestore(folder string) error {
	path := filepath.Join(folder, pendingFile)
	data, err := os.ReadFile(path) //nolint:gosec // the data folder is the person's choice
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var p pending
	if err != nil || json.Unmarshal(data, &p) != nil || !p.sound() {
		return nil //nolint:nilerr // a file that we did not write is not obeyed
	}
	for _, name := range replacedFiles() {
		from, to := filepath.Join(folder, p.New, name), filepath.Join(folder, name)
		if _, err := os.Lstat(from); err != nil {
			continue // it has its place already
		}
		if err := putAside(to, filepath.Join(folder, p.Aside, name)); err != nil {
			return err
		}
		if err := os.Rename(from, to); err != nil {
			return fmt.Errorf("putting the restored %s in its place: %w", name, err)
		}
	}
	if err := syncFolder(folder); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("ending the restore: %w", err)
	}
	_ = os.RemoveAll(filepath.Join(folder, p.New)) // a lock's file is all that is left in it
	return syncFolder(folder)
}

// putAside gives what is there another name, if anything is.
func putAside(path, aside string) error {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := os.Lstat(aside); err == nil {
		return fmt.Errorf("putting %s aside: %w", path, fs.ErrExist)
	}
	if err := os.Rename(path, aside); err != nil {
		return fmt.Errorf("putting %s aside: %w", path, err)
	}
	return nil
}
