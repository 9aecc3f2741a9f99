package main_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// display starts Xvfb on a free display and tells the file with its screen.
// -noreset keeps the keyboard layout.
func display(t *testing.T) (name, screen string) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-fbdir", folder, "-noreset", "-nolisten", "tcp") // ended below
	x.ExtraFiles = []*os.File{write}
	if err := x.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Process.Kill(); _ = x.Wait() })
	_ = write.Close()
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb named no display: %v", err)
	}
	return ":" + strings.TrimSpace(line), filepath.Join(folder, screenFile)
}

// atNoon is a time zone where it is about noon: at midnight a station asks for whom
// the next box is, and a test that ran into it would wait for another verdict.
func atNoon() string {
	const noon = 12
	east := noon - time.Now().UTC().Hour()
	return fmt.Sprintf("Etc/GMT%+d", -east) // the names count westwards
}
