// Package assets has the files that the programs carry with them: the texts on
// screens and the sample labels.
package assets

import "embed"

// Translations has translations/ROOM.LANGUAGE.json, one file a room and
// language: words (ui/words), ui (the window) and cli (pkidctl), in the format
// of go-i18n. Every language has the same keys.
//
//go:embed translations/*.json
var Translations embed.FS
