package config

func isName(text string) bool { return text != "" }
