package main

import "golang.org/x/sys/windows"

// administers says whether this process runs as administrator. Owning a folder
// says nothing on Windows: it may be the administrators' together.
func administers(string) bool { return windows.GetCurrentProcessToken().IsElevated() }
