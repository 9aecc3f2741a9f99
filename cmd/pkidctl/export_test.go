package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pkidstation/cmd/internal/keyring"
	"pkidstation/scanner/camera/v4l2"
)

// RingVariable names the folder of the keyring that a test gives its processes;
// empty is the system's.
const RingVariable = "TEST_KEYRING"

// Run runs one command in this process, which is a third of a second less than in
// one of its own under the race detector. environ is all that it has.
func Run(ctx context.Context, args []string, in io.Reader, out, complaints io.Writer, environ []string) int {
	return RunBeside(ctx, v4l2.System{}, args, in, out, complaints, environ)
}

// RunBeside is Run on a machine with other cameras.
func RunBeside(ctx context.Context, cameras v4l2.System, args []string, in io.Reader, out, complaints io.Writer, environ []string) int {
	ring := keyring.System()
	if n := slices.IndexFunc(environ, func(v string) bool { return strings.HasPrefix(v, RingVariable+"=") }); n >= 0 {
		ring = folderRing(strings.TrimPrefix(environ[n], RingVariable+"="))
	}
	return run(ctx, args, stdio{in: in, out: out, err: complaints, environ: environ, ring: ring, cameras: cameras})
}

// Main is main, for tests that run the program as a process of its own.
func Main() {
	ring := keyring.System()
	if folder := os.Getenv(RingVariable); folder != "" {
		ring = folderRing(folder)
	}
	start(ring)
}

// A folderRing is a keyring that all processes of a test share.
type folderRing string

var errNoBus = errors.New("no bus")

// Get gives what a file holds. Without the folder there is no keyring.
func (r folderRing) Get(_, account string) (string, error) {
	if _, err := os.Stat(string(r)); err != nil {
		return "", errNoBus
	}
	secret, err := os.ReadFile(filepath.Join(string(r), account))
	if errors.Is(err, fs.ErrNotExist) {
		return "", keyring.ErrNoKey
	}
	return string(secret), err
}

// Set writes the file.
func (r folderRing) Set(_, account, secret string) error {
	return os.WriteFile(filepath.Join(string(r), account), []byte(secret), 0o600)
}
