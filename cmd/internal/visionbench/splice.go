package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// The markers stand in a file before and after what this command writes.
const (
	opening = "<!-- make bench-vision writes from here -->\n"
	closing = "<!-- to here -->\n"
)

// errMarkers says that a file has no place for the table.
var errMarkers = errors.New("it has not each marker once, in their order")

// splice puts text between the markers.
func splice(document, text string) (string, error) {
	before, rest, ok := strings.Cut(document, opening)
	_, after, closed := strings.Cut(rest, closing)
	if !ok || !closed || strings.Contains(after, opening) || strings.Contains(after, closing) {
		return "", errMarkers
	}
	return before + opening + text + closing + after, nil
}

func spliceFile(file, text string) error {
	b, err := os.ReadFile(file) //nolint:gosec // the file that was named.
	if err != nil {
		return err
	}
	document, err := splice(string(b), text)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return os.WriteFile(file, []byte(document), 0o644) //nolint:gosec // a document that all may read.
}
