package assets

import _ "embed" // for Icon

// Icon is the program's icon, a PNG of 256 pixels.
//
//go:embed icon.png
var Icon []byte
