// Command licences writes assets/licences.json: under what the program is given, and
// each module, font and library that is built into it, with the whole texts. It asks
// the go command what is linked on each system that there are programs for, so that
// nothing is named that is not given away, and nothing given away is not named.
//
// google/go-licenses was looked at: it sees one system a run, and finds the fonts in
// Fyne and the C in GLFW no licence of their own.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"pkidstation/assets"
)

func main() {
	if err := generate("licences.json"); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

// generate writes the file, run from assets.
func generate(file string) error {
	all, err := collect("..")
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	return os.WriteFile(file, append(text, '\n'), 0o644) //nolint:gosec // a file of the sources
}

// collect gives the licences of the module in a folder, and of what is linked into it.
func collect(folder string) ([]assets.Licence, error) {
	own, err := os.ReadFile(folder + "/LICENSE") //nolint:gosec // our own
	if err != nil {
		return nil, fmt.Errorf("the program's own licence: %w", err)
	}
	all := []assets.Licence{{Name: assets.ProgramName, Kind: kindOf(string(own)), Text: string(own)}}
	gone, err := standard(folder)
	if err != nil {
		return nil, err
	}
	all = append(all, gone)
	linked, err := Linked(folder)
	if err != nil {
		return nil, err
	}
	for _, m := range linked {
		found, err := m.licences()
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}
