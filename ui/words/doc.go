// Package words makes sentences, in the language of the person, of everything
// typed that comes up from below: states, verdicts, reasons, Microsoft's codes,
// errors, and what the uploader waits for. It knows no window, so that pkidctl
// speaks the same words as the station.
//
// # What it promises
//
//   - Captured, submitted and registered are three different words in every
//     language, and no other text uses them for one another.
//   - Each error and each refused read says what happened, why, and what to do
//     now. An error without words of its own says so and gives its text for
//     support; it is never silent.
//   - A text that is missing shows as its id, in brackets, and never as nothing.
//     The tests hold that none is missing: they read the constants of queue,
//     autopilot and partnercenter from their source, so that a new one without
//     words fails the build.
//   - What was read or received ([Shown]) cannot break a line, hide, turn the
//     direction of a text or fill a screen. Of a product key nothing is shown.
//   - Counts are grouped as the language does; identifiers (PKID, serial, tag,
//     order, code) never are.
//
// # Where the texts are
//
// In assets/translations, in go-i18n's format, with flat ids. Spaces before
// : ; ? ! and inside « » are written as plain spaces in French and are made
// unbreakable when the texts are loaded.
package words
