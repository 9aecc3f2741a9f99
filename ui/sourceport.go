package ui

import (
	"context"
	"strings"
	"time"
)

// Sources are what the station reads from, for whoever looks after it.
type Sources interface {
	// Sources gives each source that is read from or could be: the keyboard first.
	Sources(ctx context.Context) ([]Source, error)
	// Stop has the station not read from a serial scanner, now and from each start on.
	// It is a supervisor's to decide.
	Stop(ctx context.Context, name string) error
	// Watch gives a channel that receives (coalesced) after changes, such as each read.
	Watch() (changed <-chan struct{}, stop func())
}

// A Source is one that the station reads from or could.
type Source struct {
	// Name is what the station opens, empty for the keyboard; Product what the
	// scanner calls itself, empty where nobody knows.
	Name, Product string
	State         SourceState
	// Err is why it is not read from, where that is worth a sentence.
	Err error
	// Fixed says that station.toml names it: it is not stopped from here.
	Fixed bool
	// Layout is the keyboard's that was calibrated, empty for none.
	Layout string
	Last   LastRead
}

// keyboard says that it is the scanner that types.
func (s Source) keyboard() bool { return s.Name == "" }

// called is what a person would call a serial scanner.
func (s Source) called() string { return Scanner{Name: s.Name, Product: s.Product}.Called() }

// A SourceState is whether a source is read from.
type SourceState string

// The states of a source.
const (
	SourceReading SourceState = "reading" // it is read from
	SourceLost    SourceState = "lost"    // it was to be read from, and is not there
	SourceRefused SourceState = "refused" // it is there, and cannot be opened
	SourceOffered SourceState = "offered" // it is plugged in, and nobody said to use it
	SourceUnused  SourceState = "unused"  // a port that nobody uses
)

// A LastRead is what a source read last: nothing of what it was.
type LastRead struct {
	At time.Time // zero for never
	// Kind is scanner/label's word for what it was taken for.
	Kind string
	// Keys is how many characters were typed in Took, zero for what is no keyboard.
	Keys int
	Took time.Duration
}

// port is the name of a serial port without its folder.
func (s Source) port() string { return s.Name[strings.LastIndexByte(s.Name, '/')+1:] }
