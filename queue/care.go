package queue

import (
	"fmt"
	"time"
)

// A CareWord is a fixed English word for what is to be known of the backups.
type CareWord string

// What is to be known of the backups.
const (
	// CareSecondNone: they are on this PC only.
	CareSecondNone CareWord = "no-second-place"
	// CareSecondFailed: the second place took no copy; CareSecondSilent: it does
	// not answer.
	CareSecondFailed CareWord = "second-place-failed"
	CareSecondSilent CareWord = "second-place-silent"
	// CareFailed: none could be made.
	CareFailed CareWord = "backup-failed"
	// CareNever: there is none. CareOld: the last one is old.
	CareNever CareWord = "no-backup"
	CareOld   CareWord = "backup-old"
)

// A CareError tells a person how the backups stand where they are not as they
// should be. No work has failed.
type CareError struct {
	What   CareWord
	Folder string    // the second place
	Last   time.Time // the last backup
	Err    error     // why it failed, nil where nothing did
}

func (e *CareError) Error() string {
	return fmt.Sprintf("backups: %s, last %s, second place %q: %v", e.What, e.Last.Format(time.RFC3339), e.Folder, e.Err)
}

func (e *CareError) Unwrap() error { return e.Err }

// An ElsewhereError tells of another data folder on this PC. Counts are what it
// has; Err is why they are not known.
type ElsewhereError struct {
	Folder string
	Counts Counts
	Err    error
}

// Unsent is how many entries wait there.
func (e *ElsewhereError) Unsent() int {
	return e.Counts.Held + e.Counts.Ready + e.Counts.Planned
}

func (e *ElsewhereError) Error() string {
	return fmt.Sprintf("another data folder, %s, has %d held, %d ready and %d planned entries", e.Folder, e.Counts.Held, e.Counts.Ready, e.Counts.Planned)
}

func (e *ElsewhereError) Unwrap() error { return e.Err }
