package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"pkidstation/cmd/internal/config"
)

func TestFolderIsTheOneThatWasAsked(t *testing.T) {
	t.Parallel()
	given, other := filepath.Join(t.TempDir(), "a", "b"), filepath.Join(t.TempDir(), "c")
	for _, test := range []struct {
		flag    string
		environ []string
		want    string
	}{
		{given, []string{"PKIDSTATION_DATA=" + other}, given},
		{"", []string{"PKIDSTATION_DATA=" + other}, other},
	} {
		got, err := config.Folder(test.flag, test.environ)
		if err != nil || got != test.want {
			t.Fatalf("Folder(%q, %q) = %q, %v", test.flag, test.environ, got, err)
		}
		checkFolder(t, got)
	}
	if got, err := config.Folder(given, nil); err != nil || got != given {
		t.Errorf("the second time: %q, %v", got, err)
	}
}

func checkFolder(t *testing.T, folder string) {
	t.Helper()
	for _, path := range []string{folder, filepath.Join(folder, config.LogFolder)} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
			t.Errorf("%s is %v", path, info.Mode())
		}
	}
}

func TestFolderIsTheUsers(t *testing.T) {
	t.Parallel()
	if config.MachineFolder(runtime.GOOS, os.Environ()) != "" {
		if _, err := os.Stat(config.MachineFolder(runtime.GOOS, os.Environ())); err == nil {
			t.Skip("the station is installed for all users here")
		}
	}
	home := t.TempDir()
	environ := []string{"HOME=" + home, "LOCALAPPDATA=" + home, "PKIDSTATION_DATA="}
	got, err := config.Folder("", environ)
	if want := config.UserFolder(runtime.GOOS, environ); err != nil || got != want {
		t.Fatalf("%q, %v, want %q", got, err, want)
	}
	checkFolder(t, got)
	if _, err := config.Folder("", nil); !errors.Is(err, config.ErrNoFolder) {
		t.Errorf("without a home: %v", err)
	}
}

func TestFolderThatCannotBeMade(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{file, filepath.Join(file, "data")} {
		if got, err := config.Folder(folder, nil); err == nil {
			t.Errorf("Folder(%q) = %q", folder, got)
		}
	}
}

func TestFoldersOfEachSystem(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the paths are those of Unix")
	}
	environ := []string{"HOME=/home/a", "PROGRAMDATA=/pd", "LOCALAPPDATA=/la", "APPDATA=/roaming"}
	for system, want := range map[string][2]string{
		"windows": {"/pd/PKID Station", "/la/PKID Station"},
		"darwin":  {"/Library/Application Support/PKID Station", "/home/a/Library/Application Support/PKID Station"},
		"linux":   {"/var/lib/pkidstation", "/home/a/.local/share/pkidstation"},
	} {
		got := [2]string{config.MachineFolder(system, environ), config.UserFolder(system, environ)}
		if got != want {
			t.Errorf("%s: %q, want %q", system, got, want)
		}
	}
	if got := config.UserFolder("linux", []string{"HOME=/home/a", "XDG_DATA_HOME=/x"}); got != "/x/pkidstation" {
		t.Errorf("XDG_DATA_HOME: %q", got)
	}
	if got := config.UserFolder("linux", []string{"HOME=/home/a", "XDG_DATA_HOME=x"}); got != "/home/a/.local/share/pkidstation" {
		t.Errorf("a relative XDG_DATA_HOME: %q", got)
	}
}
