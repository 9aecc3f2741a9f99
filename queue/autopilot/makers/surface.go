package makers

import (
	"slices"
	"strings"
)

// Microsoft is the manufacturer of Surface devices as their firmware has it.
const Microsoft = "Microsoft Corporation"

// SurfaceModels are the models of Surface devices as Microsoft lists them ("System
// Model"), as of January 2022, and those of the two years after it that this list
// goes on to (from "Surface Laptop 5" on), which are not verified.
func SurfaceModels() []string {
	return []string{
		"Surface 3", "Surface Book 2", "Surface Book 3", "Surface Go", "Surface Go 2", "Surface Go 3", "Surface Hub 2S",
		"Surface Laptop", "Surface Laptop 2", "Surface Laptop 3", "Surface Laptop 4", "Surface Laptop Go", "Surface Laptop SE",
		"Surface Laptop Studio", "Surface Pro", "Surface Pro 6", "Surface Pro 7", "Surface Pro 7+", "Surface Pro 8", "Surface Pro X",
		"Surface Studio", "Surface Studio 2",
		"Surface Laptop 5", "Surface Pro 9", "Surface Laptop Go 2", "Surface Go 4", "Surface Laptop Go 3", "Surface Laptop Studio 2",
	}
}

// Surface says whether a device is one of Microsoft's Surface: by its manufacturer in
// any spelling, or by its model where no manufacturer is given. A virtual machine
// has the same manufacturer and is none.
func Surface(manufacturer, model string) bool {
	words := strings.Fields(strings.ToLower(model))
	if manufacturer == "" {
		return len(words) > 0 && (words[0] == "surface" || len(words) > 1 && words[0] == "microsoft" && words[1] == "surface")
	}
	m, _, found := named(manufacturer)
	return found && m.Name == Microsoft && !slices.Equal(words, []string{"virtual", "machine"})
}

// surface is how a model of Microsoft's stands.
func surface(text string) (standing Standing, suggested string) {
	plain := strings.TrimSpace(text)
	if rest, ok := cutFold(plain, "microsoft "); ok {
		plain = rest
	}
	for _, known := range SurfaceModels() {
		switch {
		case known == text:
			return Exact, ""
		case strings.EqualFold(known, plain) && strings.EqualFold(plain, strings.TrimSpace(text)):
			return Case, known
		case strings.EqualFold(known, plain):
			return Unlike, known
		}
	}
	if surfaceName.MatchString(text) { // newer than the list
		return Unknown, ""
	}
	return Unlike, ""
}
