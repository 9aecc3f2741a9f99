// Package config reads what a station is told: station.toml in the data
// folder, and the environment over it.
//
// # Where a value comes from
//
// Each key has a default, may stand in station.toml, and may be overridden by
// the variable PKIDSTATION_<TABLE>_<KEY>: [upload] poll_first is
// PKIDSTATION_UPLOAD_POLL_FIRST. The names are derived from the tags of
// [Config], so no key can be without its variable. A list is separated by
// commas there; a label's rule may have one in its maker's name. An empty
// variable empties a text or a list, and is refused elsewhere. Three variables
// have names of their own: PKIDSTATION_DATA, PKIDSTATION_ACCESS_TOKEN and
// PKIDSTATION_PIN. Any other variable that starts with PKIDSTATION_ is a
// warning, for it may be mistyped.
//
// # What is refused
//
// An unknown key and a value that is not allowed, with file and line or the
// variable, what is allowed and what was probably meant. All problems are
// reported at once, but for broken TOML, after which nothing can be told. A
// file that is no regular file, is longer than 64 KiB or is not UTF-8 is
// refused unread. Nothing in a file does more than set a value: there are no
// includes, commands or references to variables.
//
// # Secrets
//
// The access token comes from the environment alone, and its type prints as
// "[redacted]". No error holds the value of an unknown key, a token, or an
// address with a user name in it.
//
// # The data folder
//
// [Folder] says where queue.db, station.toml and logs/ are. Where the station
// is installed for all users the machine's folder exists, and then it is the
// one, writable or not: falling back to a user's folder would quietly keep
// captures where nobody uploads them. Whoever then opens the queue is told that
// the folder cannot be written.
package config
