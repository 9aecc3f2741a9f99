package main_test

import (
	"os"
	"testing"

	pkidstation "pkidstation/cmd/pkidstation"
)

// asProgram makes the test binary the program itself, so that the window that
// is tested is the real one, race detector included. It stays set: a program that
// starts anew is the program again.
const asProgram = "TEST_AS_PKIDSTATION"

func TestMain(m *testing.M) {
	as, is := map[string]func(){
		"1": pkidstation.Main, "measured": pkidstation.MeasuredMain, "empty": pkidstation.EmptyMain,
	}[os.Getenv(asProgram)]
	if !is {
		os.Exit(m.Run())
	}
	as()
}
