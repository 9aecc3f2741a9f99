package assets

import "io/fs"

// TEMPORARY.
type Sample struct{ File, PKID, Serial, EAN, Code, Note string }

func Samples() []Sample { return nil }

func SampleFS() fs.FS { return nil }
