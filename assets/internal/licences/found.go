package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"pkidstation/assets"
)

// A licence's file, as people name them.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|ofl)`)

// licences are those of a module: of the whole of it, of the packages that are linked,
// and of what lies in folders of theirs that are no packages, such as fonts.
func (m *module) licences() ([]assets.Licence, error) {
	var all []assets.Licence
	for _, folder := range m.places() {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, fmt.Errorf("the licence of %s: %w", m.Path, err)
		}
		for _, e := range entries {
			if e.IsDir() || !licenceFile.MatchString(e.Name()) {
				continue
			}
			text, err := os.ReadFile(filepath.Join(folder, e.Name())) //nolint:gosec // a module's
			if err != nil {
				return nil, fmt.Errorf("the licence of %s: %w", m.Path, err)
			}
			l := assets.Licence{Name: m.Path, Version: m.Version, Kind: kindOf(string(text)), Text: strings.ReplaceAll(string(text), "\r\n", "\n")}
			if folder != m.Dir || len(all) > 0 {
				within, _ := filepath.Rel(m.Dir, filepath.Join(folder, e.Name()))
				l.Part = filepath.ToSlash(within)
			}
			if l.Kind == "" {
				return nil, fmt.Errorf("%s: nobody knows what licence %s is: add its words to kinds", m.Path, filepath.Join(folder, e.Name()))
			}
			all = append(all, l)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s has no licence", m.Path)
	}
	return all, nil
}

// places are the folders where a licence of what is linked may lie.
func (m *module) places() []string {
	all := []string{m.Dir}
	for _, folder := range m.folders {
		for up := folder; len(up) > len(m.Dir); up = filepath.Dir(up) {
			all = append(all, up)
		}
		below, _ := filepath.Glob(filepath.Join(folder, "*", ""))
		for _, b := range below {
			if info, err := os.Stat(b); err == nil && info.IsDir() && !holdsGo(b) && filepath.Base(b) != "testdata" {
				all = append(all, b)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func holdsGo(folder string) bool {
	sources, _ := filepath.Glob(filepath.Join(folder, "*.go"))
	return len(sources) > 0
}

// standard is the licence of Go, of which the runtime and the library are linked.
func standard(folder string) (assets.Licence, error) {
	root, err := command(folder, nil, "env", "GOROOT")
	if err != nil {
		return assets.Licence{}, err
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "LICENSE"))
	if err != nil {
		return assets.Licence{}, fmt.Errorf("the licence of Go itself (%s): %w", runtime.Version(), err)
	}
	return assets.Licence{Name: assets.GoName, Kind: kindOf(string(text)), Text: string(text)}, nil
}

// kinds are licences by words that no other has, as SPDX names them; the first that
// fits counts.
func kinds() [][2]string {
	return [][2]string{
		{"Apache-2.0", "apache license version 2.0"},
		{"MPL-2.0", "mozilla public license version 2.0"},
		{"OFL-1.1", "sil open font license version 1.1"},
		{"Zlib", "the origin of this software must not be misrepresented"},
		{"ICC", "made available by the international color consortium"},
		{"Bitstream-Vera", "bitstream vera"},
		{"CC-BY-4.0", "creative commons attribution 4.0"},
		{"BSD-3-Clause", "neither the name"},
		{"BSD-3-Clause", "may not be used to endorse"},
		{"BSD-2-Clause", "redistributions in binary form must reproduce"},
		{"ISC", "permission to use copy modify and or distribute this software for any purpose with or without fee"},
		{"MIT", "permission is hereby granted free of charge to any person obtaining a copy"},
		{"patents", "additional ip rights grant"},
	}
}

var notWord = regexp.MustCompile(`[^a-z0-9.]+`)

// kindOf is what licence a text is, or empty.
func kindOf(text string) string {
	plain := notWord.ReplaceAllString(strings.ToLower(text), " ")
	for _, k := range kinds() {
		if strings.Contains(plain, notWord.ReplaceAllString(k[1], " ")) {
			return k[0]
		}
	}
	return ""
}
