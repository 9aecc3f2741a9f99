package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/assets"
)

// TestListIsFresh holds what the programs say against what is linked into them now.
func TestListIsFresh(t *testing.T) {
	t.Parallel()
	want, err := collect("../../..")
	if err != nil {
		t.Fatal(err)
	}
	got := assets.Licences()
	if diff := cmp.Diff(without(want, assets.GoName), without(got, assets.GoName)); diff != "" {
		t.Errorf("assets/licences.json is out of date, run go generate ./assets (-linked +listed):\n%.2000s", diff)
	}
	for _, name := range []string{assets.ProgramName, assets.GoName, "fyne.io/fyne/v2", "github.com/go-gl/glfw/v3.4/glfw", "github.com/danieljoos/wincred"} {
		if !slices.ContainsFunc(got, func(l assets.Licence) bool { return l.Name == name && len(l.Text) > 500 }) {
			t.Errorf("%s has no licence in the list", name)
		}
	}
	for _, part := range []string{"theme/font/LICENSE_Inter.txt", "glfw/LICENSE.md"} {
		if !slices.ContainsFunc(got, func(l assets.Licence) bool { return l.Part == part }) {
			t.Errorf("nothing is said of %s", part)
		}
	}
}

// without leaves one out: Go's own text is that of the Go at hand.
func without(all []assets.Licence, name string) []assets.Licence {
	return slices.DeleteFunc(slices.Clone(all), func(l assets.Licence) bool { return l.Name == name })
}

// plantedModule has a package, a folder of fonts in it, and another that is not linked.
func plantedModule(t *testing.T, files map[string]string) *module {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return &module{Path: "planted", Version: "v1.0.0", Dir: root, folders: []string{filepath.Join(root, "in", "side")}}
}

const mit = "Permission is hereby granted, free of charge,\r\nto any person obtaining a copy"

func TestLicencesOfAModule(t *testing.T) {
	t.Parallel()
	m := plantedModule(t, map[string]string{
		"LICENSE": mit, "in/COPYING.txt": "Apache License\n  Version 2.0", "in/side/a.go": "package side",
		"in/side/font/OFL.txt": "SIL OPEN FONT LICENSE Version 1.1", "in/side/font/a.ttf": "",
		"in/side/sub/LICENSE": "something else", "in/side/sub/a.go": "package sub", "other/LICENSE": "something else",
	})
	got, err := m.licences()
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, l := range got {
		said = append(said, l.Name+" "+l.Version+" "+l.Part+" "+l.Kind)
		if strings.Contains(l.Text, "\r") {
			t.Error("a text has the line ends of another system")
		}
	}
	want := []string{"planted v1.0.0  MIT", "planted v1.0.0 in/COPYING.txt Apache-2.0", "planted v1.0.0 in/side/font/OFL.txt OFL-1.1"}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRefusals: what nobody knows is not passed over.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for want, files := range map[string]map[string]string{
		"has no licence": {"in/side/a.go": "package side"},
		"nobody knows":   {"LICENSE": "All rights reserved.", "in/side/a.go": "package side"},
	} {
		if _, err := plantedModule(t, files).licences(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
	}
}
