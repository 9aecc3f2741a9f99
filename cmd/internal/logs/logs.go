// Package logs is where a command writes what happened, for whoever has to
// find out later: a JSON file in the data folder's logs, kept small by
// rotation, beside a few words on the console. Errors stand there with their
// whole chain; a person gets a sentence instead.
//
// PKIDs mask themselves and tokens redact themselves; nobody writes what was
// read of a box.
package logs

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"gopkg.in/natefinch/lumberjack.v2"
)

// A Log is a logger with its file.
type Log struct {
	*slog.Logger

	file *lumberjack.Logger
}

// Open logs to logs/NAME.log in the data folder, 5 files of 10 MB at most, and
// from the level up to the console. The file is made with the first line; if
// it cannot be, the line is lost and nothing else is.
func Open(folder, name string, console io.Writer, from slog.Level) *Log {
	file := &lumberjack.Logger{Filename: filepath.Join(folder, "logs", name+".log"), MaxSize: 10, MaxBackups: 5}
	return &Log{file: file, Logger: slog.New(slog.NewMultiHandler(
		slog.NewJSONHandler(file, nil),
		slog.NewTextHandler(console, &slog.HandlerOptions{Level: from}),
	))}
}

// Close closes the file.
func (l *Log) Close() error {
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("closing the log: %w", err)
	}
	return nil
}

// Crash has a panic or fatal error of the runtime leave its stacks in
// logs/NAME.crash in the data folder, beside standard error: a window that is
// gone tells nobody why.
func Crash(folder, name string) error {
	path := filepath.Join(folder, "logs", name+".crash")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600) //nolint:gosec // our own folder
	if err != nil {
		return fmt.Errorf("opening the crash file: %w", err)
	}
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		return fmt.Errorf("using the crash file: %w", err)
	}
	return f.Close() // the runtime has its own copy
}
