package label

import "regexp"

// addressForm is a MAC as labels print it.
const addressForm = `(?:[0-9A-F]{2}[:\-]?){5}[0-9A-F]{2}|(?:[0-9A-F]{4}\.){2}[0-9A-F]{4}`

var pkidCaption = regexp.MustCompile(`^(?:(?:(?:MS|WIN|WINDOWS) ?)?PKID|(?:WINDOWS )?PRODUCT KEY ID)[:=#. ]*(\d{13})$`)

// caption is the shape of a value behind one of the words: "SERIAL NO.: …". A
// colon, an equals sign, a number sign or a space must part them.
func caption(words, value string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:` + words + `)\.?(?: ?[:=#] ?| )(` + value + `)$`)
}
