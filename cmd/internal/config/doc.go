// Package config reads what a station is told: station.toml and environment.
package config
