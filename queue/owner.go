package queue

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// ownerFile tells other processes who has the queue. The lock itself is on
// LockName and ends with the process; this file only names it.
const ownerFile = "queue.owner"

// claim writes who has the queue and gives the way to take it back. A failure
// is no reason not to work: the next process then just knows no name.
func claim(folder, program string, now time.Time) (release func() error) {
	path := filepath.Join(folder, ownerFile)
	host, _ := os.Hostname() // an empty name is fine
	data, err := json.Marshal(Owner{PID: os.Getpid(), Program: program, Host: host, Since: now})
	if err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		return func() error { return nil }
	}
	return func() error {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
}

// ownerOf is what the owner file says; zero where it says nothing.
func ownerOf(folder string) Owner {
	var o Owner
	data, err := os.ReadFile(filepath.Join(folder, ownerFile)) //nolint:gosec // the data folder is the person's choice
	if err != nil || json.Unmarshal(data, &o) != nil {
		return Owner{}
	}
	return o
}
