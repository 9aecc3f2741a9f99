package config

// What the tests need of the inside: the folders of systems that they do not
// run on.

func MachineFolder(system string, environ []string) string {
	return machineFolder(system, parseEnviron(environ))
}

func UserFolder(system string, environ []string) string {
	return userFolder(system, parseEnviron(environ))
}
