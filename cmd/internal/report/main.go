package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run reports on the folder named by args, or on the one it was started in.
func run(args []string, stdout, stderr io.Writer) int {
	folder := "."
	if len(args) > 0 {
		folder = args[0]
	}
	project, err := measure(os.DirFS(folder))
	if err == nil {
		err = write(stdout, project.figures("this project"), models(), project.longest(3))
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "report:", err)
		return 1
	}
	return 0
}
