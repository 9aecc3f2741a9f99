package assets

import (
	_ "embed"
	"encoding/json"
)

//go:generate go run ./internal/licences

//go:embed licences.json
var licences []byte

// The names of what is no module.
const (
	ProgramName = "PKID Station"
	GoName      = "Go"
)

// A Licence is under what one thing is given that is built into the programs.
type Licence struct {
	// Name is a module's path, ProgramName or GoName; Version is a module's.
	Name    string `json:"name"`
	Version string `json:"version"`
	// Part says of what of it where it is not of the whole, such as a font's file.
	Part string `json:"part"`
	// Kind is the licence as SPDX names it; Text is the whole of it.
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// Licences are all of them: the program's own first, then Go's, then the modules' by
// their paths. A test of the program that writes them holds them against what is
// linked.
func Licences() []Licence {
	var all []Licence
	if err := json.Unmarshal(licences, &all); err != nil {
		panic(err) // it is built in; a test reads it
	}
	return all
}
