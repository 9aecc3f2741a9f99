package main_test

import (
	"os"
	"testing"

	pkidstation "pkidstation/cmd/pkidstation"
)

// asProgram makes the test binary the program itself, so that the window that
// is tested is the real one, race detector included.
const asProgram = "PKIDSTATION_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		if err := os.Unsetenv(asProgram); err != nil {
			panic(err)
		}
		pkidstation.Main()
		return
	}
	os.Exit(m.Run())
}
