package config

import _ "embed"

//go:embed example.toml
var example string

// Example is a station.toml that says what each key means. It is all comments:
// it holds the defaults.
func Example() string { return example }
