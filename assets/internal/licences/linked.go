package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// A module is one that is linked, and the folders of its packages that are.
type module struct {
	Path, Version, Dir string

	folders []string
}

// systems are those that programs are given away for.
func systems() []string { return []string{"linux/amd64", "windows/amd64"} }

// Linked are the modules that are linked into the programs on any of the systems, by
// path: the program's own and the standard library are not among them.
func Linked(folder string) ([]*module, error) {
	found := map[string]*module{}
	for _, system := range systems() {
		if err := list(folder, system, found); err != nil {
			return nil, err
		}
	}
	all := make([]*module, 0, len(found))
	for _, m := range found {
		slices.Sort(m.folders)
		m.folders = slices.Compact(m.folders)
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b *module) int { return strings.Compare(a.Path, b.Path) })
	return all, nil
}

// list asks the go command for one system. The window is linked with cgo, which needs
// no compiler for being listed.
func list(folder, system string, found map[string]*module) error {
	name, machine, _ := strings.Cut(system, "/")
	out, err := command(folder, []string{"GOOS=" + name, "GOARCH=" + machine, "CGO_ENABLED=1"},
		"list", "-deps", "-json=ImportPath,Dir,Module", "-tags", "migrated_fynedo", "./cmd/pkidstation", "./cmd/pkidctl")
	if err != nil {
		return err
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			Dir    string
			Module *struct {
				Path, Version, Dir string
				Main               bool
			}
		}
		err := d.Decode(&p)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("reading what is linked: %w", err)
		case p.Module == nil || p.Module.Main:
			continue
		}
		m := found[p.Module.Path]
		if m == nil {
			m = &module{Path: p.Module.Path, Version: p.Module.Version, Dir: p.Module.Dir}
			found[m.Path] = m
		}
		m.folders = append(m.folders, p.Dir)
	}
}

func command(folder string, env []string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...) //nolint:gosec,noctx // the go command
	cmd.Dir, cmd.Env = folder, append(os.Environ(), env...)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, &complaints)
	}
	return out, nil
}
