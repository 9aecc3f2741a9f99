package journal_test

import (
	"fmt"
	"os"
	"testing"

	"pkidstation/queue/journal"
)

// torture asks for the long forms: PKIDSTATION_TORTURE=1.
func torture() bool { return os.Getenv("PKIDSTATION_TORTURE") == "1" }

// childFolder tells the test binary that it is a child, and where its journal is.
const childFolder = "PKIDSTATION_JOURNAL_TEST_FOLDER"

func TestMain(m *testing.M) {
	if folder := os.Getenv(childFolder); folder != "" {
		if err := appendOn(folder, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// mustOpen opens a journal that the test closes at its end.
func mustOpen(tb testing.TB, folder string, opts journal.Options) (*journal.Journal, journal.Report) {
	tb.Helper()
	j, report, err := journal.Open(folder, opts)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = j.Close() })
	return j, report
}

// put appends a line and syncs it.
func put(t *testing.T, j *journal.Journal, body string) journal.Line {
	t.Helper()
	l, err := j.Append("capture", []byte(body))
	if err == nil {
		err = j.Sync()
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// read gives all lines from number from on, and the damages between them.
func read(t *testing.T, j *journal.Journal, from uint64) (lines []journal.Line, damages []journal.DamageError) {
	t.Helper()
	for l, err := range j.Lines(from) {
		if err == nil {
			lines = append(lines, l)
			continue
		}
		d, ok := err.(*journal.DamageError) //nolint:errorlint // it is given as it is
		if !ok {
			t.Fatal(err)
		}
		damages = append(damages, *d)
	}
	return lines, damages
}
