// Package code128 gives the bars of a Code 128 symbol, for what prints one: the
// sheet of commands and the labels of scannertest. How large a module is, and
// the quiet zone around the bars, is for who prints.
package code128
