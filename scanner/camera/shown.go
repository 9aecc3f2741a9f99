package camera

import "strings"

// hidden stands for what is secret in an address.
const hidden = "•••"

// Shown is a SOURCE as it may be shown and logged: without a password, and without a
// query, which may be one. What only looks like an address is treated as one.
func Shown(source string) string {
	scheme, rest, isAddress := strings.Cut(source, "://")
	if !isAddress {
		scheme, rest = "", source
	}
	host, path := rest, ""
	if at := strings.IndexAny(rest, "/?#"); at >= 0 && isAddress {
		host, path = rest[:at], rest[at:]
	}
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		user, _, _ := strings.Cut(host[:at], ":")
		host = user + ":" + hidden + host[at:]
	}
	if at := strings.IndexAny(path, "?#"); at >= 0 {
		path = path[:at] + "?" + hidden
	}
	if at := strings.LastIndexByte(path, '@'); at >= 0 { // a password with a slash in it
		host, path = hidden, path[at:]
	}
	if isAddress {
		return scheme + "://" + host + path
	}
	return host + path
}
