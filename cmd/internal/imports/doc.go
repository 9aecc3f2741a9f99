// Package imports holds no code: its test holds the direction of the project's
// imports.
//
// # The arrows
//
// Every package of the module stands on a layer and imports only what stands on
// a lower one. A package that the test does not know fails it, so that a new
// room is given its place on purpose. Beside the layers:
//
//   - scanner never imports queue, and queue never scanner: the one place that
//     knows both is cmd/internal/station.
//   - No package below ui links Fyne, directly or through others, and neither
//     does pkidctl with what it is made of.
//   - pkidctl needs no cgo, on any system it is built for.
//   - queue/autopilot is the standard library's alone.
//
// The test asks the go command, which knows build tags and systems, and proves
// itself by planting forbidden imports through an overlay: no file of the project
// is touched.
package imports
