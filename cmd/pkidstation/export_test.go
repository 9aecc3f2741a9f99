package main

// Main is main, for tests that run the program as a process of its own.
func Main() { main() }
