package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// ErrNoFolder says that there is no folder to keep data in.
var ErrNoFolder = errors.New("no data folder: the user has no home folder; say where with --data or PKIDSTATION_DATA")

// Folder gives the absolute path of the data folder: flag (--data), else
// PKIDSTATION_DATA, else the machine's where it exists, else the user's. It is
// made where it is missing, readable by its owner only, with logs/ in it. A
// folder that exists and cannot be written is given as it is; the queue will
// say so.
func Folder(flag string, environ []string) (string, error) {
	folder, err := Where(flag, environ)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fmt.Errorf("making the data folder: %w", err)
	}
	_ = os.Mkdir(filepath.Join(folder, LogFolder), 0o700) // exists, or the folder cannot be written
	return folder, nil
}

// Where is the path that Folder would give, for who only looks: nothing is made.
func Where(flag string, environ []string) (string, error) {
	folder, err := chooseFolder(flag, parseEnviron(environ))
	if err != nil {
		return "", err
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return "", fmt.Errorf("finding the data folder: %w", err)
	}
	return folder, nil
}

// LogFolder is the name of the logs' folder in the data folder.
const LogFolder = "logs"

func chooseFolder(flag string, env environment) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if folder := env[variableData]; folder != "" {
		return folder, nil
	}
	if folder := machineFolder(runtime.GOOS, env); isFolder(folder) {
		return folder, nil
	}
	if folder := userFolder(runtime.GOOS, env); folder != "" {
		return folder, nil
	}
	return "", ErrNoFolder
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return path != "" && err == nil && info.IsDir()
}

// Others are the folders that a station of this machine or user could have beside
// the one it has. They need not be there.
func Others(folder string, environ []string) []string {
	env := parseEnviron(environ)
	var all []string
	for _, other := range []string{machineFolder(runtime.GOOS, env), userFolder(runtime.GOOS, env)} {
		if other != "" && isFolder(other) && !sameFolder(other, folder) {
			all = append(all, other)
		}
	}
	return all
}

// sameFolder says whether two paths are one folder, whatever links lead there.
func sameFolder(a, b string) bool {
	first, err := os.Stat(a)
	second, e := os.Stat(b)
	return err == nil && e == nil && os.SameFile(first, second)
}

// The folder's name, as each system names such folders.
const (
	unixName  = "pkidstation"
	shownName = "PKID Station"
)

// machineFolder is the folder that an installation for all users makes.
func machineFolder(system string, env environment) string {
	switch system {
	case "windows":
		return under(env["PROGRAMDATA"], shownName)
	case "darwin":
		return "/Library/Application Support/" + shownName
	default:
		return "/var/lib/" + unixName
	}
}

// userFolder is the user's own, on this machine: on Windows not the one that
// roams, for a queue must not be copied while it is open.
func userFolder(system string, env environment) string {
	switch system {
	case "windows":
		return under(env["LOCALAPPDATA"], shownName)
	case "darwin":
		return under(env["HOME"], "Library", "Application Support", shownName)
	default:
		if data := under(env["XDG_DATA_HOME"], unixName); data != "" {
			return data
		}
		return under(env["HOME"], ".local", "share", unixName)
	}
}

// under is a path in base, or "" where base is none or relative.
func under(base string, parts ...string) string {
	if !filepath.IsAbs(base) {
		return ""
	}
	return filepath.Join(append([]string{base}, parts...)...)
}
