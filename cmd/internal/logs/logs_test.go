package logs_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pkidstation/cmd/internal/logs"
	"pkidstation/queue/autopilot"
)

func TestLog(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	var console bytes.Buffer
	l := logs.Open(folder, "test", &console, slog.LevelWarn)
	l.Info("a scan", "pkid", autopilot.PKID("3305123456781"))
	l.Warn("a fault", "error", fmt.Errorf("outer: %w", errors.New("inner")))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(folder, "logs", "test.log"))
	if err != nil {
		t.Fatal(err)
	}
	file, words := string(data), console.String()
	if !strings.Contains(file, "…6781") || strings.Contains(file, "330512") {
		t.Errorf("the PKID is not masked: %s", file)
	}
	if !strings.Contains(file, "outer: inner") || !strings.Contains(words, "outer: inner") || strings.Contains(words, "a scan") {
		t.Errorf("file %s console %s", file, words)
	}
}

func TestCrash(t *testing.T) {
	t.Parallel()
	if err := logs.Crash(filepath.Join(t.TempDir(), "nowhere"), "test"); err == nil {
		t.Error("a folder that is not there is no error")
	}
}
